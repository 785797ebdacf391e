"""What the demo's anchors show of their work: by category, each a thing and its caption in both languages."""

from marketplace.web.demo.chance import number, pick, some

WORKS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "food": (
        ("stew", "一锅到底：周三的汤", "One pot: the Wednesday soup"),
        ("bread", "凌晨四点的面包房", "The bakery at four in the morning"),
        ("noodles", "楼下那碗面，直播", "The noodles downstairs, live"),
        ("mooncake", "中秋手作，连做三晚", "Mooncakes by hand, three evenings"),
        ("honey", "跟着养蜂人走一天", "A day with a beekeeper"),
        ("teapot", "一壶红茶的三种水温", "One pot of tea, three temperatures"),
    ),
    "home": (
        ("couch", "旧沙发翻新，一镜到底", "An old couch, mended in one take"),
        ("vase", "二手市场淘来的花瓶", "A vase from the flea market"),
        ("bed", "十平米卧室改造", "Ten square metres to sleep in"),
        ("plant", "阳台种菜九十天", "Ninety days of a balcony"),
        ("candle", "停电的那个晚上", "The evening without power"),
    ),
    "beauty": (
        ("lipstick", "黄皮试色，自然光", "Six reds in daylight"),
        ("mirror", "镜子前的十分钟", "Ten minutes at the mirror"),
        ("soap", "手工皂四十天", "Forty days of a bar of soap"),
        ("lotion", "空瓶记：用完才说", "Empty bottles: said when used up"),
        ("bath", "周日晚上的浴室", "Sunday evening, bathroom"),
    ),
    "tech": (
        ("laptop", "五年老电脑还能用吗", "Is a laptop of five years still good"),
        ("phone", "一周不看短视频", "A week without the feed"),
        ("camera", "胶片相机入门，直播", "A first film camera, live"),
        ("watch", "手表续航，真实三十天", "Thirty honest days of a battery"),
        ("radio", "修一台老收音机", "Mending an old radio"),
    ),
    "sport": (
        ("bike", "环湖骑行，全程直播", "Round the lake, all of it live"),
        ("shoe", "半马备赛十二周", "Twelve weeks to a half marathon"),
        ("badminton", "羽毛球零基础", "Badminton from nothing"),
        ("ski", "第一次上雪道", "First time on the slope"),
        ("medal", "最后一名的马拉松", "Last in the marathon"),
    ),
    "farm": (
        ("corn", "掰玉米的一天", "A day in the corn"),
        ("strawberry", "大棚里的草莓季", "Strawberries under glass"),
        ("grapes", "葡萄园的九月", "September in the vineyard"),
        ("tractor", "跟着拖拉机去赶集", "To market by tractor"),
        ("wheat", "从麦子到一碗面", "From wheat to a bowl of noodles"),
    ),
    "culture": (
        ("books", "一年一百本，读给你听", "A hundred books, read to you"),
        ("violin", "琴行里的老师傅", "The old man of the violin shop"),
        ("palette", "看展不赶场", "One picture, half an hour"),
        ("masks", "小剧场后台", "Behind a small stage"),
        ("radio", "夜里的电台声音", "Voices of a late radio"),
    ),
    "fashion": (
        ("coat", "一件大衣的三种年纪", "One coat at three ages"),
        ("dress", "自己改的裙子", "A dress, altered at home"),
        ("handbag", "通勤包里有什么", "What a work bag holds"),
        ("scarf", "一条围巾一周不重样", "One scarf, seven days"),
        ("sheep", "羊毛从哪里来", "Where wool comes from"),
    ),
    "parenting": (
        ("teddy", "睡前二十分钟", "Twenty minutes before bed"),
        ("puzzle", "下雨天在家玩什么", "Rainy days indoors"),
        ("bottle", "夜奶记录，真实版", "Night feeds, as they are"),
        ("ball", "父子足球，每周六", "Saturday football, father and son"),
        ("bowl", "一岁半的餐桌", "At table at eighteen months"),
    ),
    "travel": (
        ("tram", "坐电车看一座城", "A city by tram"),
        ("map", "不做攻略的三天", "Three days without a plan"),
        ("beach", "淡季的海边小镇", "A seaside town out of season"),
        ("canoe", "划船去上游", "Upstream by canoe"),
        ("sunrise", "凌晨四点爬山，直播", "Up the mountain at four, live"),
        ("compass", "走丢在老城里", "Lost in the old town"),
    ),
}


def works_of(place: int, categories: tuple[str, ...], *, abroad: bool) -> list[tuple[str, str, str]]:
    """Two or three pieces of anchor number `place`: (thing, caption, note)."""
    theirs = [work for category in categories for work in WORKS[category]]
    chosen = some(theirs, 2 + number(2, "pieces", place), "piece", place)
    return [(thing, english if abroad else chinese, _note(place, thing, abroad)) for thing, chinese, english in chosen]


def things_of(place: int, categories: tuple[str, ...]) -> tuple[str, ...]:
    """Three for the cover."""
    theirs = [thing for category in categories for thing, _chinese, _english in WORKS[category]]
    return tuple(some(theirs, 3, "cover", place))


def _note(place: int, thing: str, abroad: bool) -> str:
    views = 4_000 + number(700, "views", place, thing) ** 2 // 2
    if abroad:
        return pick((f"{views:,} views", f"{views // 90:,} saves", f"{3 + views % 9} parts"), "note", place, thing)
    said = f"{views / 10_000:.1f}万播放" if views >= 10_000 else f"{views:,}播放"
    return pick((said, f"{views:,}观看", f"{3 + views % 9}期，{said}"), "note", place, thing)
