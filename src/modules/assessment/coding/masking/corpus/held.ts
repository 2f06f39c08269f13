import type { Locale } from '#platform/locale.ts';

/** Not at hand while the rules were written: measured once the rules were done, and the rules were not changed for them. Nobody in them exists. */
export const held: Readonly<Record<Locale, readonly string[]>> = {
	uz: [
		`Intervyuer: Oʻzingiz haqingizda aytib bering.\nJavob: {p:Chust}danman, {n:Shahzodaxon} ismim. Otam {n:Qobiljon} aka traktorchi edi. {b:1995-yilda} tugʻilganman. Erta uzatishdi, {n:Javlon} degan yigitga. U {n:Botirovlar} oilasidan.`,
		`Telefon qilsam, {n:Zebo} oladi: {t:90 765 43 21}. Boʻlmasa singlim {n:Mohigulga} ayting. Biz {p:Dahbed} qishlogʻida, {p:Bahor} mahallasida turamiz, masjid yonida. Kechasi qoʻngʻiroq qilmang, {n:Anvar} koʻrib qoladi.`,
		`U meni {n:Hilolaning} oldida urdi. {n:Hilola} — amakimning qizi. Keyin {n:Nargiza Toʻlqinova} degan shifokor kelib koʻrdi, {p:3-poliklinikadan}. Qogʻozga {n:N. Toʻlqinova} deb imzo qoʻydi. Hujjat raqami {d:AD 0098765}.`,
		`Sudda {n:Mirzayev} hakim edi. Advokatim {n:Oydinoy Sattorova}, {p:Kattaqoʻrgʻondan}. {n:Sattorova} boʻlmasa, bilmadim. Erimning otasi {n:Eshmurod} bobo qishloq oqsoqoli, hamma undan qoʻrqadi.`,
		`Mahallada {n:Barchinoy} yanga bilan {n:Lola} bor, ular bilan gaplashaman. {n:Lolaning} eri ham shunday. Opam {n:Umida} {p:Toshkentdan} keldi, {c:01 777 AAA} mashinada. Uning Telegrami {e:@umida_test95}. Bolalarim {p:42-bogʻchaga} boradi.`,
		`Qoʻshnimiz {n:Xursandoy} opa eshitib qolgan. {n:Sunnatilla} uka bilan birga keldi, eshikni ochdirishdi. {p:Gʻalaba} koʻchasi {p:25-uyda} turamiz. {n:Dilnura} hozir besh yoshda, hammasini koʻrgan. Markazda {n:Ruxshona} degan qiz qabul qildi.`,
		`Men {n:Sanamjon Yoʻldosh qizi}man, {b:1986-yil 3-noyabr}da {p:Xalqobod} qishlogʻida tugʻilganman. Er {n:Berdimurod Hoshim oʻgʻli}, usta. {n:Berdimurodning} akasi {n:Eshonqul} bilan bir hovlida edik. Raqami {t:toʻqson uch besh yuz ellik bir yigirma sakkiz oʻn toʻrt}.`,
		`Qishloqda {n:Kal Hamro} degan odam bor, oʻsha sotadi. {n:Hamroning} qizi {n:Tozagul} men bilan markazda edi. {n:Tozagulni} otasi olib ketdi. Oʻqituvchi {n:Robiya Saidovnadan} soʻrang, {p:6-maktabda} ishlaydi. {p:Qiyot} mahallasi, oxirgi uy.`,
		`Huquqshunos {n:Ilgʻor Pirnazarov} hujjat soʻradi: {d:AE7788990}, shaxsiy raqam {d:31105951230045}. {n:Pirnazarovning} yordamchisi {n:Saltanat} yozib oldi. Men {p:Yangihayot} koʻchasida turaman. {n:Oypopuk} kelinim guvoh.`,
		`Intervyuer: Keyin-chi?\nJavob: Keyin {n:Norbuvi} xola bilan {p:Shoʻrbuloq} soyigacha piyoda bordik. U yerda {n:Mengli} aka mashina bilan kutdi. {n:Menglining} mashinasi {c:25 K 777 AB}. {n:Norbuvi} xolaning telefonini yozing: {t:+998 95 111 22 33}.`
	],
	'uz-Cyrl': [
		`Савол: Қачон келдингиз?\nЖавоб: Уч ой бўлди. Мени {n:Гулбаҳор} опа олиб келган, {p:Пахтакор} туманидан. Эрим {n:Фарҳод Муродов}, у {p:Россияда} ишлайди. {n:Фарҳоднинг} онаси билан яшардик, {n:Хосият} момо.`,
		`Мен {n:Шаҳло Ражабова}, {b:1978 йил 2 июнь}да туғилганман. Рақамим {t:99 888 77 66}. {p:Истиқлол} кўчаси, {p:31-уй}. Қизим {n:Севинч} билан келганмиз. Ҳужжатим {d:АС1112223}.`,
		`Қайнакам {n:Дониёр} келиб, «опкетаман» деди. {n:Дониёрга} қарши ариза ёздим. Нозир {n:Холматов} қабул қилмади. Эртаси {n:Раъно} исмли аёл билан бордим, шунда олишди.`,
		`Бизнинг {p:Оқтепа} маҳалласида {n:Муҳаббат} деган фаол бор. {n:Муҳаббат} опага ҳамма боради. У мени {p:Наманган} шаҳрига, {n:Озода Юнусовага} юборди. Уч кун шифохонада ётдим, {p:2-шифохона}.`,
		`{n:Умид} ўғлим касал. Дорисига пул йўқ. Эрим {n:Тохир} алимент тўламайди. Судга {n:Каримжон Усмонович} бордилар. Судья {n:Назарова} қарор чиқарди, лекин {n:Тохир} {p:Тошкентга} қочиб кетди. Машинаси {c:60 Р 909 ТТ}.`,
		`Опам {n:Мунаввар} {p:Андижонда}, синглим {n:Ҳурзода} шу ерда. Почтам {e:hurzoda.sinov@inbox.uz}. Маҳалла раиси {n:Абдусаттор} ака яхши одам, лекин хотини {n:Турсуной} гапириб юради. {p:Чорбоғ} қишлоғида сир қолмайди.`
	],
	ru: [
		`Вопрос: Как Вы узнали о центре?\nОтвет: От {n:Шахнозы}, она раньше там была. {n:Шахноза} живёт в {p:Ургуте}, на улице {p:Гагарина}. Позвонили {n:Ирине Львовне}, она сказала: приезжайте. Вот её номер: {t:91 222-33-44}.`,
		`Мужа зовут {n:Бахтиёр}, свёкра {n:Эргаш-ака}. Сына {n:Темура} забрали. Ему семь лет, {b:11.09.2016} родился. Мы из кишлака {p:Карасув}. Участковый {n:Назаров} вернул меня домой, а {n:Бахтиёру} слова не сказал.`,
		`Мне помогла заведующая, {n:Лидия Ким}. Потом {n:Сабохат}, психолог. Я сначала не верила {n:Сабохат}, молчала. {n:Лидии} писала на почту {e:kim.proba@mail.ru}. Паспорт мой, {d:AB 5556677}, нашёлся у золовки {n:Насибы}.`,
		`Модератор: Что сказал судья?\nУчастница: Судья {n:Хамраев} спросил адрес: {p:Чиланзар}, {p:дом 5}, {p:квартира 18}. Адвоката {n:Мансура Алиева} не пустили. Мы ждали до вечера, потом приехал {n:дядя Володя} на своей машине, {c:10 О 345 РА}.`,
		`В {p:Наманганской} области один центр. Я ехала с дочкой {n:Самирой} из {p:Чуста}. Встретила {n:Юлдуз Набиевна}, накормила. Через месяц пришла {n:Гузаль}, юрист, с ней подали на развод. {n:Самира} пошла в {p:школу № 9}.`,
		`Соседку звали {n:Роза}. {n:Роза} слышала всё через стену, но боялась. Её муж, {n:Геннадий Цой}, вызвал милицию. Приехал лейтенант {n:Умаров}. Записали: {n:Мирзаева Д. А.}, 1990 года. В махалле {p:Олмазор} потом долго говорили.`
	],
	kaa: [
		`Sorawshı: Ózińiz haqqında aytıń.\nJuwap: {p:Taxtakópirdenmen}, atım {n:Qızlargúl}. Ákem {n:Mátniyaz} aǵa mallar baǵatuǵın edi. {b:1994-jılı} tuwılǵanman. Erte turmısqa berdi, {n:Jeńisbay} degen jigitke. Ol {n:Qudaybergenovlar} shańaraǵınan.`,
		`Telefon qılsam, {n:Zamira} aladı: {t:90 765 43 21}. Bolmasa sińlim {n:Arzıgúlge} aytıń. Biz {p:Kegeyli} rayonı, {p:Jańabazar} awılında turamız. Túnde qońıraw qılmań, {n:Paraxat} kórip qaladı.`,
		`Ol meni {n:Hürliman} apanıń aldında urdı. Keyin {n:Nurjamal Tileuova} degen shıpaker keldi, {p:2-emlewxanadan}. Qaǵazǵa {n:N. Tileuova} dep qol qoydı. Hújjet nomeri {d:AD 0098765}, JSHSHIR {d:42007901230012}.`,
		`Sudta {n:Mámbetov} hákim edi. Advokatım {n:Gúlzar Orazbaeva}, {p:Xojeliden}. {n:Orazbaeva} bolmasa, bilmedim. Kúyewimniń ákesi {n:Ábdireyim} ata awıl aqsaqalı, hámme onnan qorqadı.`,
		`Máhállede {n:Biybiayım} jeńge menen {n:Sarbinaz} bar, olar menen sóylesemen. Apam {n:Úmit} {p:Tórtkúlden} keldi, {c:95 777 AAA} mashinada. Telegramı {e:@umit_sinaw95}. Balalarım {p:12-baqshaǵa} baradı.`,
		`Qońsımız {n:Tazagúl} apa esitip qalǵan. {n:Berdaq} ini menen birge keldi. {p:Dáryalıq} kóshesi, {p:25-úyde} turamız. {n:Nurlan} házir bes jasta, bárin kórgen. Orayda {n:Ayparsha} degen qız qabıl etti.`
	],
	en: [
		`Interviewer: Tell me about yourself.\nAnswer: I am from {p:Chust}, my name is {n:Shahzodaxon}. My father {n:Qobiljon} drove a tractor. I was born in {b:1995}. They married me early to {n:Javlon}. He is from the {n:Botirov} family.`,
		`When I call, {n:Zebo} answers: {t:90 765 43 21}. If not, tell my sister {n:Mohigul}. We live in {p:Dahbed} village, {p:Bahor} mahalla, next to the mosque. Do not call at night, {n:Anvar} will see it.`,
		`He beat me in front of {n:Hilola}. {n:Hilola} is my cousin. Then a doctor, {n:Nargiza Tolqinova}, came from {p:polyclinic No. 3}. She signed as {n:N. Tolqinova}. The number of the paper is {d:AD 0098765}.`,
		`In court the judge was {n:Mirzayev}. My lawyer, Ms. {n:Oydinoy Sattorova}, is from {p:Kattaqorgon}. Without {n:Sattorova} I would not have known. His father, {n:Eshmurod}, is an elder and everybody fears him.`,
		`In the mahalla I talk to {n:Barchinoy} and {n:Lola}. {n:Lola's} husband is the same. {n:Umida}, my sister, came from {p:Tashkent} by car, {c:01 777 AAA}. Her Telegram is {e:@umida_test95}. We stay at {p:24 Galaba Street}, {p:flat 7}.`,
		`Our neighbour, Aunt {n:Xursandoy}, heard it. She came with {n:Sunnatilla} and they opened the door. {n:Dilnura} is five now and saw everything. Her birthday is {b:2 June 2020}. At the centre a girl called {n:Ruxshona} received us.`
	]
};
