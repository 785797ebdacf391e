"""The words of 2026-11.2, the first version of the library: as they were in files before. Never edited again."""

VERSION = "2026-11.2"
NOTE = "The words that contracts had before the library."

COLUMNS = ("key", "begins", "heading_en", "heading_zh", "only_if", "and_if", "text_en", "text_zh")
CLAUSES = [
    ("number", "line", "", "", "", "", "CONTRACT {{ number }}", "合同 {{ number }}"),
    ("title", "line", "", "", "", "", "{{ title }}", "{{ title }}"),
    ("governs", "paragraph", "", "", "governs", "", "This English text governs. A Chinese translation is kept beside it as a courtesy.", "本合同以中文文本为准，另附英文译本供参考。"),
    ("courtesy", "paragraph", "", "", "not_governs", "", "This is a courtesy translation. The Chinese text of this contract governs.", "本文为参考译本，合同以英文文本为准。"),
    ("drafted", "line", "", "", "", "", "Drafted on {{ drafted_on }} UTC. Template {{ template_version }}.", "拟定于{{ drafted_on }}（UTC）。范本 {{ template_version }}。"),
    ("merchant", "line", "PARTIES", "当事人", "", "", "Merchant: {{ merchant }}, number {{ merchant_number }}", "商家：{{ merchant }}，编号 {{ merchant_number }}"),
    ("anchor", "line", "", "", "", "", "Anchor: {{ anchor }}, number {{ anchor_number }}", "主播：{{ anchor }}，编号 {{ anchor_number }}"),
    ("agency", "line", "", "", "with_agency", "", "Agency of the anchor: {{ agency }}, number {{ agency_number }}", "主播的机构：{{ agency }}，编号 {{ agency_number }}"),
    ("guardian", "line", "", "", "with_guardian", "", "Guardian of the anchor, who co-signs and receives the money for her: {{ guardian }}", "主播的监护人，共同签署并代为收款：{{ guardian }}"),
    ("brief", "line", "THE WORK", "工作内容", "", "", "{{ brief }}", "{{ brief }}"),
    ("disclosure", "line", "", "", "with_disclosure", "", "The work discloses that it is sponsored, with these words: {{ disclosure }}", "内容须以下列文字标明为推广：{{ disclosure }}"),
    ("publishing", "line", "", "", "", "", "It is published between {{ publish_from }} and {{ publish_until }} and stays up for {{ stay_up_days }} days.", "发布时间为{{ publish_from }}至{{ publish_until }}，保留{{ stay_up_days }}天。"),
    ("owed", "line", "WHAT IS OWED, AND WHAT EACH PART RELEASES", "交付与放款", "", "", "{{ deliverables }}", "{{ deliverables }}"),
    ("holdback", "line", "", "", "with_holdback", "", "Of each release {{ holdback }} is kept back until the stay-up date.", "每笔放款保留 {{ holdback }}，至保留期满。"),
    ("money", "line", "MONEY", "款项", "", "", "", ""),
    ("fee", "line", "", "", "with_fee", "", "The fee is {{ fee }}. The merchant pays {{ pays }}: the fee, the platform fee of {{ platform_fee }} ({{ platform_fee_rate }} of the fee) and {{ vat }} VAT on the platform fee ({{ vat_rate }}).", "费用为 {{ fee }}。商家支付 {{ pays }}：费用、平台服务费 {{ platform_fee }}（费用的 {{ platform_fee_rate }}）以及服务费的增值税 {{ vat }}（{{ vat_rate }}）。"),
    ("fee-agency", "line", "", "", "with_fee", "with_agency", "Of the fee {{ agency_receives }} goes to the agency ({{ agency_rate }}, as it and the anchor agreed) and {{ anchor_receives }} to the anchor.", "其中 {{ agency_receives }} 归机构（{{ agency_rate }}，由机构与主播约定），{{ anchor_receives }} 归主播。"),
    ("fee-anchor", "line", "", "", "with_fee", "not_with_agency", "Of the fee {{ anchor_receives }} goes to the anchor.", "其中 {{ anchor_receives }} 归主播。"),
    ("protected", "line", "", "", "with_fee", "", "The merchant's money is protected funds before work starts, and leaves them only as section {{ deliverables_section }} says, or back to where it came from.", "开工前，商家的款项为担保资金，只按第{{ deliverables_section }}条放款，或原路退回。"),
    ("commission", "line", "", "", "with_commission", "", "The commission is {{ commission }} of what buyers paid, less coupons, tax, shipping and refunds.", "佣金为买家实付金额的 {{ commission }}，扣除优惠券、税、运费与退款。"),
    ("gift", "line", "", "", "with_gift", "", "The anchor receives: {{ gift }}.", "主播获得：{{ gift }}。"),
    ("samples", "line", "", "", "with_samples", "", "Samples: {{ samples }}.", "样品：{{ samples }}。"),
    ("review", "line", "REVIEW", "验收", "", "", "The merchant answers each piece of work within {{ review_days }} business days (calendar {{ calendar }}, time zone {{ time_zone }}), after reminders 24 and 4 hours before. Without an answer it is approved by itself. {{ revision_rounds }} rounds of changes are included.", "商家须在 {{ review_days }} 个工作日内答复每项交付（日历 {{ calendar }}，时区 {{ time_zone }}），到期前 24 小时与 4 小时各提醒一次。逾期未答复即自动通过。含 {{ revision_rounds }} 轮修改。"),
    ("round", "line", "", "", "with_extra_round", "", "Beyond them the merchant may buy a further round for {{ round_price }}, as often as a piece is handed in. It pays {{ round_pays }}: the price, the platform fee of {{ round_platform_fee }} ({{ platform_fee_rate }}) and {{ round_vat }} VAT on the platform fee ({{ vat_rate }}).", "超出部分，商家可在每次交付后加购一轮修改，每轮 {{ round_price }}。商家支付 {{ round_pays }}：该价款、平台服务费 {{ round_platform_fee }}（{{ platform_fee_rate }}）以及服务费的增值税 {{ round_vat }}（{{ vat_rate }}）。"),
    ("round-agency", "sentence", "", "", "with_extra_round", "with_agency", "Of the price {{ round_agency_receives }} goes to the agency and {{ round_anchor_receives }} to the anchor.", "价款中 {{ round_agency_receives }} 归机构，{{ round_anchor_receives }} 归主播。"),
    ("round-anchor", "sentence", "", "", "with_extra_round", "not_with_agency", "Of the price {{ round_anchor_receives }} goes to the anchor.", "价款中 {{ round_anchor_receives }} 归主播。"),
    ("round-funds", "sentence", "", "", "with_extra_round", "", "It is protected funds before the changes are asked for and is released whole with that piece of work. If the work ends early, a round after which it was handed in again is owed in full; any other goes back with its platform fee and VAT.", "该款项先成为担保资金，之后才提出修改要求，并随该项交付一次性全额放款。工作提前结束的，修改后已重新交付的一轮全额支付；其余连同服务费与增值税原路退回。"),
    ("no-round", "line", "", "", "not_with_extra_round", "", "No further round can be bought.", "不可加购修改轮次。"),
    ("rights", "line", "RIGHTS", "权利", "", "", "", ""),
    ("rights-where", "line", "", "", "with_rights_where", "", "The merchant may use the work {{ rights_where }} for {{ rights_months }} months.", "商家可在以下范围使用作品：{{ rights_where }}，期限 {{ rights_months }} 个月。"),
    ("rights-shared", "line", "", "", "not_with_rights_where", "", "The merchant may share the published work where it was published for {{ rights_months }} months.", "商家可在原发布处转发已发布的作品，期限 {{ rights_months }} 个月。"),
    ("paid-use", "sentence", "", "", "with_paid_use", "", "Paid advertising with it is included.", "含付费投放。"),
    ("no-paid-use", "sentence", "", "", "not_with_paid_use", "", "Paid advertising with it is not included.", "不含付费投放。"),
    ("kill-fee", "line", "IF THE MERCHANT CANCELS", "商家取消", "", "", "Of what is not yet released, the anchor's side keeps: before funds are protected {{ kept_before_funds }}; before work starts {{ kept_before_work }}; once a script is approved {{ kept_after_script }}; once a draft with every required part is delivered {{ kept_after_draft }}; if the merchant prevents the publication of approved work {{ kept_if_unpublished }}; if the merchant is absent from a live session {{ kept_if_absent }}. The rest goes back to the merchant. If the anchor is absent, everything goes back.", "就尚未放款的部分，主播一方保留：资金担保前 {{ kept_before_funds }}；开工前 {{ kept_before_work }}；脚本通过后 {{ kept_after_script }}；按要求交付初稿后 {{ kept_after_draft }}；商家阻止已通过的作品发布 {{ kept_if_unpublished }}；商家缺席直播 {{ kept_if_absent }}。其余退回商家。主播缺席的，全部退回。"),
    ("signing", "line", "SIGNING", "签署", "", "", "This contract binds when everybody named in section {{ parties_section }} has signed it on {{ signing_place }}. Until then nobody is bound. No work starts before that.", "第{{ parties_section }}条所列各方均在{{ signing_place }}签署后，本合同生效；此前任何一方不受约束，也不得开工。"),
    ("terms", "paragraph", "", "", "", "", "Terms, SHA-256: {{ terms_sha256 }}", "条款 SHA-256：{{ terms_sha256 }}"),
]
