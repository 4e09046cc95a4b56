"""What each sign says of a specialist and of a celebrity, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KindScale:
    """Points for each sign, and when an account is called one or the other.

    A field `<sign>` holds (points to specialist, points to celebrity, reference): points for
    each whole step of what is observed over the reference. All figures are our judgement; the
    signs follow the distinction of an authority on a subject and a person known for being
    known (Boorstin 1961), and the finding that lists and words of others mark experts
    (Ghosh et al., SIGIR 2012; Spasojevic et al. 2016).

    Attributes:
        base: points at which both scales start.
        topical_focus: share; three pairs in ten on one broad topic are ordinary.
        audience_homogeneity: share; an audience of five broad interests alike has 0.2.
        said_by_others: share.
        engagement_for_size: tenfolds over peers.
        listed_for_size: tenfolds of lists for each follower; one for each hundred is -2.
        well_known: tenfolds of followers; 5 is 100,000.
        followers_before_posts: tenfolds of followers for each post; 3 is 1,000 a post.
        fame_elsewhere: 0 to 1.
        most: points that one sign can give or take at most.
        least_sample: posts, givers, namers or lists that a share needs to be assessed.
        called_from: points from which an account is called specialist or celebrity.
        least_coverage: coverage below which it is called neither but not assessed.
    """

    base: float = 30.0
    topical_focus: tuple[float, float, float] = (40.0, -20.0, 0.3)
    audience_homogeneity: tuple[float, float, float] = (40.0, -20.0, 0.2)
    said_by_others: tuple[float, float, float] = (40.0, 0.0, 0.2)
    engagement_for_size: tuple[float, float, float] = (10.0, -10.0, 0.0)
    listed_for_size: tuple[float, float, float] = (8.0, 0.0, -2.0)
    well_known: tuple[float, float, float] = (0.0, 15.0, 5.0)
    followers_before_posts: tuple[float, float, float] = (0.0, 6.0, 3.0)
    fame_elsewhere: tuple[float, float, float] = (0.0, 20.0, 0.0)
    most: float = 25.0
    least_sample: int = 5
    called_from: float = 50.0
    least_coverage: float = 0.4


SIGNS: dict[str, tuple[str, str, float]] = {
    "topical_focus": ("share", "posts", 25.0),
    "audience_homogeneity": ("share", "interactions, posts", 10.0),
    "said_by_others": ("share", "posts, interactions", 20.0),
    "engagement_for_size": ("tenfolds", "post_snapshots, account_snapshots", 10.0),
    "listed_for_size": ("tenfolds", "account_snapshots", 8.0),
    "well_known": ("tenfolds", "account_snapshots", 25.0),
    "followers_before_posts": ("tenfolds", "account_snapshots", 10.0),
    "fame_elsewhere": ("degree", "accounts", 20.0),
}
"""Each sign with its unit, what to load where it is missing, and its weight for coverage."""

NEEDS_SAMPLE = ("topical_focus", "audience_homogeneity", "said_by_others", "listed_for_size")

KIND_TEXTS: dict[str, dict[str, str]] = {
    "topical_focus": {
        "en": "Two of its posts are on the same subject with a chance of {observed}; "
        "{expected} is usual.",
        "ar": "احتمال أن يكون اثنان من منشوراته في الموضوع نفسه: {observed}، "
        "والمعتاد {expected}.",
        "fa": "احتمال هم‌موضوع بودن دو پست آن: {observed}؛ مقدار معمول: {expected}.",
    },
    "audience_homogeneity": {
        "en": "Two of those who turn to it care for the same subject with a chance of "
        "{observed}; {expected} is ordinary.",
        "ar": "احتمال أن يهتم اثنان من المتفاعلين معه بالموضوع نفسه: {observed}، "
        "والمعتاد {expected}.",
        "fa": "احتمال اینکه دو نفر از مخاطبان فعالش به یک موضوع علاقه داشته باشند: "
        "{observed}؛ مقدار معمول: {expected}.",
    },
    "said_by_others": {
        "en": "{observed} of what others say of it is on one subject (people: {sample_size}).",
        "ar": "{observed} مما يقوله الآخرون عنه في موضوع واحد (عدد الأشخاص: {sample_size}).",
        "fa": "{observed} از گفته‌های دیگران دربارهٔ آن در یک موضوع است ({sample_size} نفر).",
    },
    "engagement_for_size": {
        "en": "Its engagement stands {observed} tenfolds from accounts of its size.",
        "ar": "فارق معدل تفاعله عن الحسابات المماثلة حجماً: {observed} (لوغاريتم عشري).",
        "fa": "فاصلهٔ نرخ تعاملش با حساب‌های هم‌اندازه: {observed} (لگاریتم ده‌دهی).",
    },
    "listed_for_size": {
        "en": "Others list it {observed} tenfolds as often as it is followed; "
        "{expected} is "
        "ordinary.",
        "ar": "نسبة القوائم إلى المتابعين: {observed} (لوغاريتم عشري)، والمعتاد {expected}.",
        "fa": "نسبت فهرست‌ها به دنبال‌کنندگان: {observed} (لگاریتم ده‌دهی)؛ "
        "مقدار معمول: {expected}.",
    },
    "well_known": {
        "en": "Followers: {sample_size}.",
        "ar": "عدد المتابعين: {sample_size}.",
        "fa": "تعداد دنبال‌کنندگان: {sample_size}.",
    },
    "followers_before_posts": {
        "en": "Its followers stand {observed} tenfolds over its {sample_size} posts: "
        "fame that "
        "its posts alone do not explain from {expected} on.",
        "ar": "نسبة متابعيه إلى منشوراته ({sample_size}): {observed} (لوغاريتم عشري)؛ "
        "وما فوق {expected} شهرة لا تفسرها المنشورات وحدها.",
        "fa": "نسبت دنبال‌کنندگان به پست‌ها ({sample_size}): {observed} (لگاریتم ده‌دهی)؛ "
        "بالاتر از {expected} شهرتی است که پست‌ها به‌تنهایی توضیح نمی‌دهند.",
    },
    "fame_elsewhere": {
        "en": "Its badge, category or bio tell of fame made elsewhere ({observed} of 1).",
        "ar": "تدل شارة التوثيق أو الفئة أو النبذة على شهرة اكتُسبت خارج المنصة "
        "({observed} من 1).",
        "fa": "تیک آبی، دسته‌بندی یا بیوی آن از شهرتی بیرون از پلتفرم خبر می‌دهد "
        "({observed} از ۱).",
    },
}
