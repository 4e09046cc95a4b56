"""Posts as people write them hold seeds of the topic that they are about, and of no far one."""

import pytest

from mawj.identify.taxonomy.topic_tree import topic_tree
from mawj.text.tokens import search_terms

SEEDS = [
    (topic.topic_id, frozenset(search_terms(seed)))
    for topic in topic_tree()
    for seeds in topic.seeds.values()
    for seed in seeds
]


def topics_of(post):
    terms = frozenset(search_terms(post))
    return {topic_id for topic_id, seed in SEEDS if seed <= terms}


@pytest.mark.parametrize(
    ("post", "topic"),
    [
        ("جربت اليوم محمصة جديدة ومحاصيل إثيوبية #قهوة_مختصة ☕", "food.coffee.specialty"),
        ("کافه جدید با قهوه تخصصی و رست روشن، حتما امتحان کنید", "food.coffee.specialty"),
        ("Sunday pour over with a single origin from Yemen", "food.coffee.specialty"),
        ("وصلني دهن عود معتّق وبخور معمول ريحته خيال", "beauty.perfume.oud"),
        ("تشكيلة عبايات ملونة للعيد مع عباية بشت كتان", "fashion.abaya"),
        ("طلعنا كشتة للنفود والجو ربيع، شبة نار وقهوة", "travel.camping.desert"),
        ("أجواء ميدان الهجن اليوم في سباقات الهجن", "sport.camel_racing"),
        ("موسم المقناص بدأ، صقار ومعه طير حر", "sport.falconry"),
        ("سمبوسة ولقيمات وأحلى سفرة رمضان لليوم", "food.cooking.ramadan"),
        ("فيديو بطولة بادل الليلة، أفضل ملعب بادل في الرياض", "sport.padel"),
        ("قرمه سبزی جاافتاده با ته‌دیگ مامان‌پز", "food.cooking.iranian"),
        ("هفت‌سین امسال رو ساده چیدیم، نوروز مبارک", "culture.festivals.nowruz"),
        ("چله‌نشینی با نستعلیق و سیاه مشق، قلم و مرکب", "arts.calligraphy.persian"),
        ("تابلو فرش ابریشم روی دار قالی", "arts.carpets"),
        ("قیمت دلار و سکه امامی امروز، نوسان دلار ادامه دارد", "business.investing.gold"),
        ("بیت‌کوین ریخت؟ تحلیل بازار ارز دیجیتال", "business.investing.crypto"),
        ("شقق للبيع في مخطط سكني مع تمويل عقاري", "business.real_estate"),
        ("کنکور تجربی: برنامه‌ریزی درسی برای شب امتحان", "education.exams"),
        ("My curly girl method routine for wavy hair", "beauty.hair.curly"),
        ("درفت وتفحيط في حلبة السباق مع جنوط جديدة", "auto.drifting"),
        ("Esports world cup finals tonight, what an esports team", "games.esports"),
        ("حجزنا رحلة عمرة وفنادق مكة قريبة من الحرم", "travel.umrah"),
        ("تبرع بالدم أنقذ حياة، حملة تبرع بالدم بالجامعة", "society.blood_donation"),
        ("تفکیک زباله را از خانه شروع کنیم #بازیافت", "society.environment.recycling"),
    ],
)
def test_a_post_holds_seeds_of_its_topic(post, topic):
    assert topic in topics_of(post)


@pytest.mark.parametrize(
    "post",
    [
        "سرشو بخور و برو",
        "این فیلتر کسی را نکشته و درون خودش چیزی ندارد",
        "صبر شوي يا كلاب، الموضوع ما يستاهل",
        "أعوذ بالله من الشيطان الرجيم",
        "من تشکر می‌کنم که انتخاب کردید و استخدام شدم",
        "I ran out of time, book me a table at the foundation",
        "علا الله نتوكل في كل شي",
    ],
)
def test_words_with_another_sense_in_another_language_bring_no_topic(post):
    assert topics_of(post) == set()
