"""What the demo's merchants sell: the things in the pictures of their V tasks, and the products that these name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    """`price` in whole yuan; abroad it costs a seventh of that in whole units."""

    thing: str
    chinese: str
    english: str
    price: int


GOODS: dict[str, tuple[Good, ...]] = {
    "mei@chenyu.example": (
        Good("teapot", "秋乌龙，50克", "Autumn oolong, 50 g", 168),
        Good("cup", "白瓷盖杯", "White lidded cup", 89),
        Good("gift", "冬日茶礼盒", "Winter tea box", 398),
    ),
    "guo@saltlight.example": (
        Good("candle", "雪松蜡烛，40小时", "Cedar candle, 40 hours", 129),
        Good("soap", "海盐手工皂", "Sea-salt soap", 39),
        Good("bath", "浴盐，六次量", "Bath salt for six baths", 98),
    ),
    "lu@nalu.example": (
        Good("head", "拿鹿 N2 降噪耳机", "Nalu N2, noise cancelling", 899),
        Good("box", "替换耳垫，一对", "Ear pads, a pair", 69),
        Good("laptop", "桌面收音套装", "Desk recording set", 459),
    ),
    "lin@auntlin.example": (
        Good("dumpling", "鲜肉荠菜饺，四十只", "Pork and shepherd’s purse, 40", 78),
        Good("stew", "老母鸡汤底", "Chicken stock", 49),
        Good("rice", "年夜饭套盒", "New Year’s Eve box", 328),
    ),
    "deng@gannan.example": (
        Good("orange", "赣南脐橙，五斤", "Gannan navel oranges, 2.5 kg", 59),
        Good("basket", "果园认养，一棵树", "One tree, adopted for a year", 399),
        Good("honey", "橙花蜜，500克", "Orange-blossom honey, 500 g", 88),
    ),
    "kim@stride.example": (
        Good("shoe", "迈野 R3 跑鞋，可换底", "Stride R3, resoleable", 799),
        Good("medal", "夜跑反光套装", "Night-run reflectors", 119),
        Good("box", "换底服务", "Resole service", 199),
    ),
    "ye@wildisle.example": (
        Good("camp", "双人雨天帐", "Two-person rain tent", 1_280),
        Good("noodles", "折叠炉具", "Folding stove", 239),
        Good("compass", "山野工具包", "Hill kit", 168),
    ),
    "yun@kumo.example": (
        Good("lotion", "修护霜，50毫升", "Repair cream, 50 ml", 219),
        Good("mirror", "晚间流程三件套", "Evening set of three", 368),
        Good("soap", "氨基酸洁面", "Amino-acid cleanser", 99),
    ),
    "su@moss.example": (
        Good("plant", "琴叶榕，一米", "Fiddle-leaf fig, 1 m", 268),
        Good("vase", "陶盆，三号", "Clay pot, size 3", 119),
        Good("basket", "换盆工具篮", "Repotting basket", 159),
    ),
    "man@xiaoman.example": (
        Good("books", "每月一包，三本", "Three books a month", 119),
        Good("hot", "书局的下午，双人券", "An afternoon for two", 68),
        Good("radio", "有声书年卡", "A year of audiobooks", 198),
    ),
    "han@slowhill.example": (
        Good("sheep", "阿拉善羊绒衫", "Alxa cashmere jumper", 1_680),
        Good("scarf", "双面羊绒围巾", "Double-faced scarf", 580),
        Good("coat", "羊绒大衣", "Cashmere coat", 3_980),
    ),
    "tian@yuanyuan.example": (
        Good("bowl", "高铁米粉，六个月起", "Iron rice cereal, from 6 months", 89),
        Good("carrot", "蔬菜泥十二袋", "Vegetable purée, 12 bags", 138),
        Good("bottle", "吸管学饮杯", "Straw cup", 79),
    ),
}
