"""The contributions that influence adds up, one file each; see `influence_findings`.

A contribution is a function of `subjects` (account_id, topic_id, platform, topic_share) and of
the tables it names; its rows have the findings' shape. To add one: its file, one word here.
"""

from mawj.identify.contributions.amplification import amplification
from mawj.identify.contributions.attention import attention
from mawj.identify.contributions.audience import audience
from mawj.identify.contributions.authority import authority
from mawj.identify.contributions.bridging import bridging
from mawj.identify.contributions.consistency import consistency
from mawj.identify.contributions.endorsement import endorsement
from mawj.identify.contributions.engagement import engagement
from mawj.identify.contributions.response import response
from mawj.identify.contributions.selectivity import selectivity
from mawj.identify.contributions.topical_share import topical_share

CONTRIBUTIONS = (
    audience, endorsement, attention, response, amplification, authority, engagement,
    selectivity, consistency, bridging, topical_share,
)  # fmt: skip
