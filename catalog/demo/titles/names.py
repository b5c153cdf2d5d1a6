"""The invented titles: romanised name, Russian name, genres, and the kind where it is not a TV series.

No line may move: a title's id, and all that is drawn from it, follow from its place.
"""

from __future__ import annotations

from typing import NamedTuple


class Idea(NamedTuple):
    en: str
    ru: str
    genres: tuple[str, ...]
    kind: str = "ТВ"


# Shows without a planned end, one for each weekday.
ENDLESS = """
Sakanaya no Shichinin Kyoudai | Семеро из рыбной лавки | комедия, повседневность
Bouken Yuubin Kuroneko-gou | Почтовый корабль «Чёрный кот» | приключения, фэнтези, сёнен
Meitantei Todoroki to Chikatetsu no Neko | Детектив Тодороки и кот из метро | детектив, комедия
Hitotsume Jinja no Obake-tachi | Призраки храма Одноглазого | мистика, комедия, сверхъестественное
Uchuueki no Ekichou | Начальник космического вокзала | фантастика, приключения, комедия
Ryuu no Nawabari | Владения дракона | сёнен, экшен, фэнтези, боевые искусства
Nichiyoubi no Panya-san | Воскресная пекарня | повседневность, сёдзе
"""

# Shows that take turns on one evening: two lines, one evening.
LONG = """
Tetsu no Hanazono | Железный цветник | меха, драма, фантастика
Yoru no Shiyakusho | Ночная мэрия | мистика, сверхъестественное, комедия
Toudaimori no Uta | Песня смотрителя маяка | драма, повседневность
Kage Utsushi no Kenshi | Мечник, отражающий тени | экшен, исторический, боевые искусства
Kaitei Toshokan | Библиотека на дне моря | фэнтези, приключения, мистика
Mahou Yakkyoku Tsukimisou | Волшебная аптека «Энотера» | магия, повседневность, фэнтези
Zerobanme no Shouko | Нулевая улика | детектив, триллер, сейнен
Hoshi wo Hirou Hito | Собиратель звёзд | фантастика, приключения
Akatsuki Kishidan no Shirei | Командор рыцарей рассвета | фэнтези, экшен, романтика
Nemureru Mori no Chizushi | Картограф спящего леса | приключения, фэнтези, сёдзе
Oni no Machiaishitsu | Приёмная для демонов | демоны, мистика, комедия
Kujira no Senaka no Gakuen | Школа на спине кита | школа, фэнтези, приключения
Hoshi no Michi no Shokudousha | Вагон-ресторан звёздного пути | фантастика, повседневность
Hagane no Sadou | Стальная чайная церемония | экшен, комедия, исторический
Chi to Tsubaki no Yakata | Дом крови и камелий | вампиры, драма, романтика
Shinkai Rajio Kyoku | Радиостанция на большой глубине | фантастика, мистика, драма
Kamisama no Hikkoshiya | Бюро переездов для богов | сверхъестественное, комедия, повседневность
Rokujuuyon no Masume | Шестьдесят четыре клетки | игры, психологическое, триллер
Arashi no Yoru no Chouritsushi | Настройщик в грозовую ночь | музыка, драма
Hyouga no Ue no Marason | Марафон на леднике | спорт, драма, приключения
Shirayuri Kishi Gakuin | Рыцарская академия Белой Лилии | школа, сёдзе, фэнтези
Robotto Datta Boku e | Мне, который был роботом | фантастика, драма, повседневность
Karakuri Edo Kibunroku | Удивительные записки механического Эдо | исторический, фантастика, детектив
Saigo no Mahou Joushi | Последняя начальница-волшебница | комедия, магия, романтика
Yamiichi no Ryourinin | Повар с тёмного рынка | экшен, триллер, сейнен
Amagumo Hikoutai | Эскадрилья дождевых облаков | приключения, драма, сёнен
Maboroshi Zumou | Призрачное сумо | спорт, мистика, комедия
Keiyaku Kazoku Kyuujuunichi | Семья по договору на девяносто дней | романтика, комедия, драма
"""

SHORT = """
Asa Goji no Aidoru | Айдол в пять утра | музыка, повседневность, комедия
Toumei na Senpai | Прозрачный старшеклассник | школа, романтика, сверхъестественное
Hikari no Todokanai Suizokukan | Океанариум, куда не доходит свет | мистика, драма, психологическое
Kuchibashi no Oujo | Принцесса с клювом | фэнтези, комедия, приключения
Sensei wa Moto Ninja | Учитель — бывший ниндзя | комедия, школа, боевые искусства
Tonari no Jigoku-bu | Кружок ада по соседству | школа, демоны, комедия
Boku to Kanojo no Bagu Houkoku | Наш с ней отчёт об ошибках | романтика, комедия, повседневность
Shiawase Shuuri Koubou | Мастерская по ремонту счастья | повседневность, драма
Amayadori no Majo | Ведьма, пережидающая дождь | магия, повседневность, сёдзе
Shuuten Made Ato Hitotsu | До конечной одна остановка | драма, мистика
Kinjirareta Soroban | Запретные счёты | игры, психологическое
Yukionna no Reizouko | Холодильник снежной женщины | комедия, сверхъестественное, романтика
Kurayami Badominton | Бадминтон в темноте | спорт, школа
Neko ga Shachou no Kaisha | Фирма, где кот — директор | комедия, повседневность
Haikyo Gaido Mayumi | Маюми, проводник по руинам | приключения, мистика
Hyakunengo no Rabu Retaa | Любовное письмо через сто лет | романтика, фантастика
Chika Meikyuu Fudousan | Недвижимость в подземелье | фэнтези, комедия
Moto Yuusha no Touge no Chaya | Бывший герой держит чайную на перевале | фэнтези, повседневность
Akai Ito Sousaka | Отдел красной нити | детектив, романтика, сверхъестественное
Neon-gai no Onmyouji | Заклинатель неоновых улиц | киберпанк, мистика, экшен
Bokura no Yoake Made Rajio | Наше радио до рассвета | музыка, школа, повседневность
Kyuuketsuki no Kenketsusha | Донорский автобус вампира | вампиры, комедия
Saikyou no Rusuban | Сильнейший домосед | комедия, экшен
Umi to Denwa Bokkusu | Море и телефонная будка | драма, романтика
Kikaijikake no Tsubame | Механическая ласточка | меха, сёнен, фантастика
Makai Kyuushoku Touban | Дежурные по столовой в мире демонов | демоны, школа, комедия
Tensai Kansakan Rin | Гениальный ревизор Рин | детектив, сейнен
Hanabishi no Deshi | Ученица мастера фейерверков | драма, исторический, повседневность
"""

# From the latest season back to the earliest.
FINISHED = """
Natsu no Denpatou | Летняя радиовышка | школа, романтика, драма
Aoi Kaeru no Tanteisha | Сыскное агентство «Синяя лягушка» | детектив, комедия
Suna no Ou to Hachinin no Tsukai | Песчаный король и восемь посланников | фэнтези, приключения, сёнен
Mayonaka no Koinrandorii | Полночная прачечная | повседневность, мистика
Kuroi Yuki no Hi | День чёрного снега | ужасы, триллер, сверхъестественное
Sora Tobu Manekineko | Летающий кот удачи | комедия, фэнтези | ONA
Hajimari no Erebeetaa | Лифт к началу | триллер, психологическое, фантастика
Hana Yori Shougi | Сёги важнее цветов | игры, школа, драма
Watashi no Tomodachi wa Jishin Keiki | Мой друг — сейсмограф | повседневность, драма | Фильм
Gokuraku Konbini | Круглосуточный рай | комедия, сверхъестественное
Tsuki no Ura no Yuubinkyoku | Почта на обратной стороне Луны | фантастика, драма
Sanzoku no Musume to Ginka | Дочь разбойника и серебряная монета | исторический, приключения, романтика
Kemuri no Machi no Arisu | Алиса из города дыма | киберпанк, драма, экшен
Kagami no Naka no Orenji | Апельсин в зеркале | психологическое, драма | Спешл
Ookami to Amefuribana | Волк и дождевой цветок | мистика, романтика, сёдзе
Daishizen Kuraberu | Великий спор с природой | комедия, приключения | WEB
Hitoribotchi no Kantai | Флот из одного корабля | меха, драма, сейнен
Furui Honya no Madoushi | Чародей из старой книжной лавки | магия, повседневность, фэнтези
Nana Byou no Kishi | Рыцарь на семь секунд | экшен, фэнтези, сёнен
Kokoro no Kiatsukei | Барометр сердца | романтика, школа
Yoru wo Nuu Hito | Та, что шьёт ночь | мистика, драма, сейнен
Toukyou Chika Nouen | Подземные огороды Токио | фантастика, повседневность
Ikkakujuu no Haisha | Стоматолог для единорога | комедия, фэнтези | ONA
Kaze no Yuubinbako | Почтовый ящик ветра | драма, повседневность | Фильм
Musashi Koukou ni Kendoubu wa Nai | В школе Мусаси нет клуба кэндо | спорт, школа, комедия
Akuma no Kakeibo | Домовая книга дьявола | демоны, комедия, повседневность
Hoshikuzu Saundo Torakku | Саундтрек звёздной пыли | музыка, романтика, драма
Mizu no Soko no Teishaba | Полустанок под водой | мистика, фэнтези
Shin'ya no Kareeya Tantei | Детектив из ночной карри-закусочной | детектив, повседневность
Gunjou no Jouriku | Лазурная высадка | приключения, сёнен, экшен
Oboro no Kuni no Taishi | Посол страны тумана | фэнтези, исторический, драма
Sutairu de Iku yo | Держим стиль! | сёдзе, комедия, школа
Kansokujo no Futari | Двое в обсерватории | романтика, драма | OVA
Genkai Danchi no Yuusha | Герой микрорайона на окраине | комедия, фэнтези
Kieyuku Aji no Kissaten | Кафе исчезающих вкусов | повседневность, драма
Nijiiro Sentoki | Радужный истребитель | меха, экшен, сёнен
Koori no Baiorin | Ледяная скрипка | музыка, драма, мистика
Yuurei Senpai no Shinro Soudan | Призрак даёт советы о будущем | школа, сверхъестественное, комедия
Hone to Hikari no Kishi | Рыцарь костей и света | фэнтези, экшен, демоны
Tenkai Saibansho | Небесный суд | детектив, сверхъестественное, триллер
Kouen no Beranda | Веранда над парком | повседневность, романтика | ONA
Sora no Haiiro Kujira | Серый кит в небе | приключения, фэнтези | Фильм
Tougenkyou Sentaku Ya | Прачечная Персикового источника | фэнтези, повседневность
Datenshi no Arubaito | Подработка падшего ангела | комедия, сверхъестественное
Gozen Reiji no Purorogu | Пролог в ноль часов | триллер, детектив, сейнен
Hidamari Ressha | Поезд солнечного света | повседневность, приключения
Kurogane Gakuen Robotto-bu | Кружок робототехники академии Курогане | меха, школа, комедия
Chou no Yume wo Miru Gunshi | Стратег, которому снится бабочка | исторический, сейнен, драма
Saijaku Monsutaa Bokujou | Ферма слабейших монстров | фэнтези, комедия, приключения
Boukyaku no Kyoushitsu | Класс забвения | ужасы, школа, мистика
Mikazuki Basu Gaido | Экскурсовод полумесяца | романтика, повседневность
Makkura na Suteeji | Сцена без света | музыка, психологическое, драма
Tsurugi no Iro wa Ao | Цвет меча — синий | экшен, фэнтези, сёнен
Ichiban Boshi Kurabu | Клуб первой звезды | сёдзе, школа, музыка
Densha no Naka no Kaizoku | Пираты в электричке | комедия, приключения | Спешл
Garasu no Dairiseki | Стеклянный мрамор | психологическое, игры, триллер
Shima no Saigo no Sensei | Последний учитель на острове | драма, школа, повседневность
Yami no Orugooru | Музыкальная шкатулка тьмы | ужасы, мистика | OVA
Kagerou Tantei Jimusho | Детективное бюро «Марево» | детектив, сверхъестественное
Senrihin no Kusuri | Лекарство за тысячу ли | исторический, приключения, драма
Gyakuten no Gooru Kiipaa | Вратарь перелома | спорт, сёнен, школа
Hanayome wa Kyodai Robo | Невеста — гигантский робот | меха, комедия, романтика
Niwa no Kamisama | Бог нашего двора | сверхъестественное, повседневность
Konya no Chuusenkai | Розыгрыш сегодняшней ночи | фантастика, игры, триллер
Ame no Asa no Kurarinetto | Кларнет дождливым утром | музыка, романтика, школа
Maou to Roujin Hoomu | Король демонов в доме престарелых | демоны, комедия, фэнтези
Haru wo Matsu Tetsujin | Железный человек ждёт весны | меха, драма | Фильм
Sakasama no Shiro | Замок вверх дном | фэнтези, приключения, магия
Kaminari Gakkou | Школа грома | боевые искусства, экшен, школа
Chijou Sangai no Sushiya | Суши-бар на третьем этаже | комедия, повседневность | ONA
Mukuchi na Tantei to Oshaberi na Inu | Молчаливый сыщик и болтливый пёс | детектив, комедия
Rasen no Toshi | Город-спираль | киберпанк, триллер, фантастика
Tsukiyo no Undoukai | Спортивный праздник при луне | спорт, мистика
Akanezora Ryodan | Бригада алого неба | экшен, сейнен, драма
Chiisana Mahou no Denki-ya | Волшебный магазинчик электроники | магия, комедия, повседневность
Kami Hikouki no Yukue | Куда улетел бумажный самолётик | драма, школа
Ningyohime no Houritsu Jimusho | Адвокатская контора русалочки | комедия, фэнтези, романтика
Yoake Mae no Doraibaa | Водитель перед рассветом | триллер, драма, сейнен
Hoshizora Kyanpu no Hi | День похода под звёзды | приключения, повседневность | OVA
Bakeneko Kabuki | Кабуки кошки-оборотня | исторический, мистика, комедия
Shiroi Heya no Gonin | Пятеро в белой комнате | психологическое, триллер, игры
Kaerimichi no Baransu | Равновесие по дороге домой | романтика, школа, повседневность
Doragon Kuuyu | Перевозки на драконах | фэнтези, приключения, комедия
Omoide Shichiya | Ломбард воспоминаний | мистика, драма
Otome no Juudou Nikki | Девичий дневник дзюдо | спорт, сёдзе, комедия
Mugen Rensa | Бесконечная цепь | фантастика, триллер, экшен
Tetsubin to Samurai | Чугунный чайник и самурай | исторический, комедия
Yasashii Zombii no Tsukurikata | Как воспитать доброго зомби | ужасы, комедия, школа
Sakura Chiru Kiro | Дорога домой под сакурой | романтика, драма | Фильм
Nijuuyojikan Kishi | Рыцарь круглые сутки | комедия, фэнтези | WEB
Shinkuu no Pianisuto | Пианист в вакууме | музыка, фантастика, драма
Kokuou no Amimono | Вязание его величества | комедия, исторический
Umi no Mukou no Gurando | Поле за морем | спорт, драма, сёнен
Tanuki no Ginkou | Банк тануки | комедия, сверхъестественное
Hai to Yuki no Mahoujin | Магический круг из пепла и снега | магия, фэнтези, драма
Bokutachi no Hijouguchi | Наш запасной выход | психологическое, школа, драма
Tonbi no Iru Machi | Город, где живёт коршун | повседневность, драма
Chika Ongaku Kurabu | Подземный музыкальный клуб | музыка, комедия, школа
Kurohyou no Meido | Горничная — чёрная пантера | комедия, экшен
Saigo no Hitofude | Последний мазок | драма, романтика | OVA
Juusei no Yousei | Фея выстрела | экшен, магия, сейнен
Fuyu no Gakusei Ryou | Зимнее общежитие | школа, повседневность, мистика
Kyuusekki Rabukome | Ромком каменного века | комедия, романтика, исторический
Tenbin no Majutsushi | Маг на весах | магия, психологическое, фэнтези
Yokohama Kyuuketsu Bugi | Вампирское буги Иокогамы | вампиры, музыка, комедия
Gin no Chizu wo Motsu Shounen | Мальчик с серебряной картой | приключения, фэнтези, сёнен
Kage no Ryokan | Гостиница теней | ужасы, мистика, сверхъестественное
Roketto to Ramune | Ракета и лимонад | школа, фантастика, драма
Hime to Dorobou no Keiyakusho | Контракт принцессы и вора | фэнтези, романтика, приключения
Kakuu Tetsudou no Tabi | Путешествие по выдуманной железной дороге | приключения, драма | Спешл
Shishi no Iru Kyoushitsu | Класс, в котором живёт лев | школа, комедия, фэнтези
Uragiri no Chesuban | Шахматная доска предательства | игры, триллер, сейнен
Hoshi Furu Noujou | Ферма под звездопадом | повседневность, фантастика
Kodoku na Bataafurai | Одинокий баттерфляй | спорт, драма, школа
Gareki no Tsuru | Журавль из обломков | драма, фантастика | Фильм
Majo no Kaikei-shi | Бухгалтер ведьмы | магия, комедия
Shizuka na Bakudan | Тихая бомба | триллер, психологическое, сейнен
Taiyou no Nai Seiki | Век без солнца | фантастика, драма, экшен
Konpasu to Kaizokubata | Компас и пиратский флаг | приключения, сёнен, экшен
Fushigi Ginza no Shitateya | Портной чудесной Гиндзы | фэнтези, повседневность
Kamen Butoukai no Yoru | Ночь бала-маскарада | детектив, исторический, романтика
Yuugure Tairyou | Вечерний улов | повседневность, комедия | ONA
Ishi no Naka no Koe | Голос внутри камня | мистика, фэнтези, драма
Nana-iro Renkin Butai | Семицветный отряд алхимиков | магия, сёнен, экшен
Toosugiru Shokuin Shitsu | Слишком далёкая учительская | школа, комедия, романтика
Kikyuu Ryokouki | Записки воздухоплавателя | приключения, исторический | OVA
Shuumatsu no Teien-shi | Садовник конца света | фантастика, повседневность, драма
Senzai Ichiguu Densetsu | Легенда одного шанса на тысячу | комедия, спорт, сёнен
Oni no Ko Hiroimashita | Я подобрал демонёнка | демоны, повседневность, комедия
Hikari no Amigasa | Соломенная шляпа из света | фэнтези, драма
Ushinawareta Doyoubi | Потерянная суббота | детектив, мистика, школа
Kurenai no Sekisho | Алая застава | исторический, экшен, боевые искусства
Chotto Soko Made Uchuu | Космос тут за углом | фантастика, комедия
"""


def ideas(text: str) -> tuple[Idea, ...]:
    return tuple(_idea(*line.split(" | ")) for line in text.strip().splitlines())


def _idea(en: str, ru: str, genres: str, kind: str = "ТВ") -> Idea:
    return Idea(en, ru, tuple(genres.split(", ")), kind)
