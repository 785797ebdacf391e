"""What merchants and anchors of the bench are called and talk about, half in Chinese, half in English.

A title has a common word (one of a dozen), a product (of a hundred) and a place (of thousands), so that a search may be
for what half the market says, or for what one row in ten thousand does.
"""

from itertools import product

# Category → (product in Chinese, in English).
PRODUCTS = {
    "food": ["乌龙 oolong", "咖啡 coffee", "糕点 pastry", "果酱 jam", "辣酱 chili", "米酒 ricewine", "坚果 nuts", "蜂蜜 honey"],
    "beauty": ["面霜 cream", "香水 perfume", "口红 lipstick", "精油 oil", "面膜 mask", "香皂 soap", "唇膏 balm", "发膜 haircare"],
    "fashion": ["跑鞋 sneakers", "风衣 coat", "毛衣 sweater", "围巾 scarf", "衬衫 shirt", "皮包 handbag", "帽子 hat", "袜子 socks"],
    "home": ["香薰 candle", "台灯 lamp", "地毯 rug", "餐具 tableware", "床品 bedding", "花瓶 vase", "收纳 boxes", "靠垫 cushion"],
    "tech": ["耳机 headphones", "键盘 keyboard", "相机 camera", "手表 watch", "音箱 speaker", "投影 projector", "充电 charger", "平板 tablet"],
    "parenting": ["绘本 picturebook", "积木 blocks", "童装 childrenswear", "奶瓶 bottle", "推车 stroller", "围兜 bib", "玩偶 plush", "餐椅 highchair"],
    "sport": ["帐篷 tent", "瑜伽 yoga", "单车 bicycle", "滑板 skateboard", "球拍 racket", "泳镜 goggles", "跳绳 rope", "登山 hiking"],
    "culture": ["小说 novel", "唱片 vinyl", "画册 artbook", "钢笔 pen", "手账 notebook", "陶艺 pottery", "书法 calligraphy", "桌游 boardgame"],
    "travel": ["民宿 guesthouse", "行李 luggage", "温泉 hotspring", "露营 camping", "古镇 oldtown", "滑雪 skiing", "游轮 cruise", "徒步 trekking"],
    "farm": ["橙子 oranges", "苹果 apples", "大米 rice", "菌菇 mushrooms", "茶油 teaoil", "枸杞 goji", "猕猴桃 kiwi", "红薯 sweetpotato"],
}  # fmt: skip
CHINESE = {category: [pair.split()[0] for pair in pairs] for category, pairs in PRODUCTS.items()}
ENGLISH = {category: [pair.split()[1] for pair in pairs] for category, pairs in PRODUCTS.items()}

COMMON_CHINESE = ("直播", "新品", "试穿", "开箱", "测评", "专场", "好物", "礼盒", "节日", "手工", "限量", "产地")
COMMON_ENGLISH = (
    *("live", "launch", "review", "unboxing", "tasting", "season"),
    *("festival", "handmade", "limited", "gift", "weekend", "tutorial"),
)
# Two and a half thousand places in each language: the long tail of what is searched.
HEADS = "安云青白石清长平临永宁新东西南北高古金银玉松竹梅兰桃柳荷枫桂鹤鹿龙凤马牛羊鱼雁燕春夏秋冬风雪雨霜月星"
TAILS = "溪山川江湖海岛州城镇乡村桥渡津港湾洲滩坡岭峰谷原野林园坊市关口塘潭泉井河浦屿岸崖岩台亭阁寺庙堂楼院"
BEGINNINGS = """
ash birch black brook cold cran dun east fair fern glen gold grand green hart hazel high holly iron kings lang lark
linden long maple mill moor north oak old otter peat pine quay raven red rock rose rush salt sand sea silver stone swan
thorn wal west wild wind
"""
ENDINGS = """
acre bank barrow beck bourne bridge bury by castle cliff combe cote croft dale den down end fall field firth ford gate
grove ham haven heath hill holm hurst land leigh ley march mere minster mont mouth ness pool port ridge shaw shire stead
stow thorpe ton vale wick worth
"""
PLACES_CHINESE = tuple(a + b for a, b in product(HEADS, TAILS))
PLACES_ENGLISH = tuple(a + b for a, b in product(BEGINNINGS.split(), ENDINGS.split()))

# Marks: fifty of the sixty names of the old Chinese years, each in forty rows of any market of two thousand rows or more.
# What a search for one of them finds is the same work, however large the table that it is found in.
STEMS = ("甲 jia", "乙 yi", "丙 bing", "丁 ding", "戊 wu", "己 ji", "庚 geng", "辛 xin", "壬 ren", "癸 gui")
BRANCHES = (
    *("子 zi", "丑 chou", "寅 yin", "卯 mao", "辰 chen", "巳 si"),
    *("午 wu", "未 wei", "申 shen", "酉 you", "戌 xu", "亥 hai"),
)
YEARS = [(STEMS[year % len(STEMS)].split(), BRANCHES[year % len(BRANCHES)].split()) for year in range(50)]
MARKS_CHINESE = tuple(stem[0] + branch[0] for stem, branch in YEARS)
MARKS_ENGLISH = tuple(stem[1] + branch[1] for stem, branch in YEARS)
MARKED = 40  # rows


def mark_of(number: int, of: int) -> str:
    """The mark that row `number` of `of` carries, in both languages; most rows of a large market carry none."""
    place, beside = divmod(number, max(1, of // (MARKED * len(YEARS))))
    mark = place % len(YEARS)
    return "" if beside else f" {MARKS_CHINESE[mark]} {MARKS_ENGLISH[mark]}"
