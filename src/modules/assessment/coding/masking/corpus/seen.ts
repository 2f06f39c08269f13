import type { Locale } from '#platform/locale.ts';

/** Made-up interview texts that were at hand while the rules were written. Nobody in them exists. */
export const seen: Readonly<Record<Locale, readonly string[]>> = {
	uz: [
		`Savol: Markazga kimlar keladi?\nJavob: Koʻpincha qoʻshni qishloqlardan. Oʻtgan hafta {n:Nodira} opa degan ayol keldi, {p:Zomin} tumanidan. {n:Nodiraning} aytishicha, mahallada hech kim yordam bermagan. Uning telefoni {t:+998 90 123 45 67} edi, keyin almashtirdi.`,
		`Men {p:Bogʻishamol} mahallasida yashayman, {p:Navbahor} koʻchasi, {p:12-uy}. Qaynonam {n:Sanobar} xola bilan turaman. Erim {n:Rustam} ishlagani ketgan. Hujjatlarim yoʻqolgan, pasportim {d:AA1234567} edi.`,
		`Moderator: Uchastkachi kelganmi?\nIshtirokchi: {n:Karimov} degan yigit keldi, yaxshi gapirdi. Keyin {n:Sherzod Aliyevich} bilan uchrashdik. U kishi “{n:Malika}, qoʻrqmang” dedi. Lekin {n:Malikaga} hech kim qogʻoz bermadi.`,
		`Bolalar {p:15-maktabda} oʻqiydi. Kichigi {n:Umidjon} hali bogʻchada. Men {b:1989-yil 12-mart} kuni tugʻilganman, {p:Urgutda}. Akam {n:Baxtiyor Tursunov} haydovchi, mashinasi {c:30 A 456 BC}. Ishonch telefoniga qoʻngʻiroq qildim, javob bermadi.`,
		`Boshpanada uch oy turdim. Psixolog {n:Gulnora Rahimovna} juda yordam berdi. Huquqshunosning ismini eslolmayman, {n:Olim} aka deyishardi. Yozsangiz, {e:malika.test@mail.uz} ga yozing. Singlim {n:Zulfiyaxon} ham shu yerda edi.`,
		`Hokimlikdan {n:Xoldorova} keldi, keyin mahalla raisi {n:Toʻxtasin} aka. {p:Pop} tumanida xizmat yoʻq, {p:Namanganga} borish kerak. {n:Toʻxtasin} aka taksi topib berdi. Haydovchi {n:Ergash Qodirov oʻgʻli} pul olmadi. Bu yerda hamma bir-birini taniydi.`,
		`Ismim {n:Oʻgʻiloy Eshqul qizi}, {p:Qoʻyliq} qishlogʻidanman. Amakimning oʻgʻli {n:Toshpoʻlat Rahmon oʻgʻli} bilan turmush qurganman. {n:Toshpoʻlatlarnikida} besh yil turdim. Telefonim {t:toʻqson toʻrt, uch yuz oʻn ikki, qirq besh, oltmish yetti}, eski raqam.`,
		`Uni hamma {n:Qora Soli} deydi, asl ismi {n:Solijon}. {n:Solijonning} onasi {n:Xosiyat} buvi menga yordam berdi. JSHSHIR {d:41203891234567}. {p:Oqtosh} ovulida ham qarindoshlari bor. {n:Soliga} aytmang, iltimos.`,
		`Psixologim {n:Munojat Abdullayevna} edi. {n:Munojat Abdullayevnaning} xonasi ikkinchi qavatda. U {n:Xumorxon} opamni ham qabul qilgan. Keyin {n:Gʻulomjon} aka, yurist, {p:Sharq} daha {p:3-uydan} keldi. Pasport seriyasi {d:AC 2345678}.`,
		`Moderator: Kim birinchi eshitdi?\nJavob: {n:Bibixol} yangam. {n:Bibixolga} rahmat. Bolalarni {p:Toʻqayzor} mavzesidagi enasiga berdi. Mening qaynim {n:Ortiqboy} ikki marta kelib ketdi, {n:Ortiqboydan} qoʻrqaman. Boshqa raqam: {t:97-345-67-89}.`
	],
	'uz-Cyrl': [
		`Савол: Ёрдам сўраб кимга бордингиз?\nЖавоб: Аввал {n:Феруза} опага бордим, маҳалла фаоли. {n:Феруза} опа мени {p:Жиззахга} юборди. У ерда {n:Дилбар Қосимова} деган аёл кутиб олди. Телефони {t:93 456 78 90} эди.`,
		`Мен {b:15.04.1991} йилда туғилганман. Эрим {n:Акмал}, қайнотам {n:Ҳамид} ака. {p:Гулистон} маҳалласи, {p:Тинчлик} кўчаси, {p:7-уй}. Паспорт {d:АВ 7654321} уларда қолган.`,
		`Участка нозири {n:Собиров} келиб, ярашинглар деди. {n:Собировга} ариза ёздим, жавоб йўқ. Кейин {n:Мавлуда Эргашевна} билан гаплашдим, у тушунди.`,
		`Қизим {n:Мадинахон} {p:8-мактабда} ўқийди. Ўғлим {n:Жасурбек} кичик. Опам {n:Саодат} {p:Самарқандда} туради, шу ердан олиб кетди. {n:Саодатнинг} ўзи ҳам кўп қийналган.`,
		`Модератор: Бошпана ҳақида ким айтди?\nИштирокчи: Шифохонадаги ҳамшира, исми {n:Лола}. {n:Лола} телефон рақамини берди: {t:+998(71)234-56-78}. Машина келди, рақами {c:01 В 777 АА}. Қўрқдим, лекин бордим.`,
		`{n:Абдураҳмон} домла никоҳни ўқиган. ЗАГСдан ўтмаганмиз. {p:Тайлоқ} туманида яшаганмиз, кейин {p:Ургутга} кўчдик. Қайнонам {n:Ойниса} буви ҳужжатни яширган. Ҳозир {n:Нигора} деган адвокат ёрдам беряпти.`
	],
	ru: [
		`Вопрос: Кто Вам помог?\nОтвет: Сначала соседка, {n:Валентина Петровна}. Она позвонила {n:Нигоре}, это психолог. Потом приехала {n:Карина Ахмедова} из центра. Телефон у неё {t:+998 97 765-43-21}.`,
		`Мы жили на улице {p:Навои}, {p:дом 14}, {p:кв. 3}. Муж, {n:Рустам Каримов}, забрал паспорт, номер {d:АА 2345678}. Я родилась {b:3 мая 1987 года} в {p:Самарканде}. С {n:Рустамом} мы не расписаны.`,
		`Участковый {n:А. Б. Юсупов} сказал: помиритесь. Я пошла к {n:Юсупову} второй раз. Тогда тётя {n:Зоя} посоветовала приют. Там была {n:Дильбар-опа}, очень добрая.`,
		`Дочка {n:Мадина} ходит в {p:школу № 21}. Её учительница, {n:Ольга Сергеевна}, первая заметила. Я написала ей на {e:olga.test@example.com}. В махалле {p:Дустлик} все всё знают.`,
		`Модератор: А в районе?\nУчастница: В {p:Зааминском} районе приюта нет. Меня отвезли в {p:Джизак}, машина была {c:25 К 123 МН}. Водителя звали {n:Алишер}. {n:Алишеру} спасибо, денег не взял.`,
		`Свекровь {n:Мавлюда} говорит: терпи. А моя сестра {n:Катя} из {p:Ташкента} сказала уходить. Юрист {n:Шерзод Турсунов} подал заявление. Судья {n:Ибрагимова} спросила только одно. Скорая приехала быстро.`
	],
	kaa: [
		`Soraw: Orayǵa qalay keldińiz?\nJuwap: {n:Aysulıw} apa alıp keldi, {p:Shımbay} rayonınan. {n:Aysulıwdıń} aytıwınsha, awılda hesh kim járdem bermedi. Telefonı {t:+998 91 300 12 34} edi.`,
		`Men {p:Qarabaylı} awılında jasayman, {p:Ájiniyaz} kóshesi, {p:14-úy}. Qáyin enem {n:Biybizada} menen turaman. Kúyewim {n:Saparbay} Rossiyaǵa ketken. Pasportım {d:KA1234567} joǵaldı.`,
		`Uchastkovıy {n:Ótepbergenov} keldi, jarasıń dedi. {n:Ótepbergenovqa} arza jazdım. Keyin {n:Gúlnara Ámetovna} menen sóylestim. Ol “{n:Perizat}, qorqpań” dedi, {n:Perizatqa} hesh kim qaǵaz bermedi.`,
		`Balalar {p:9-mektepte} oqıydı. Kishkenesi {n:Azatbay} baqshada. Men {b:1990-jıl 5-mart} kúni tuwılǵanman, {p:Qońıratta}. Aǵam {n:Baxıtbay Jumaniyazov} aydawshı, mashinası {c:95 A 123 BC}.`,
		`Psixolog {n:Jańıl Saparovna} kóp járdem berdi. Yurist {n:Ernazar} aǵa deytuǵın edi. Jazsańız, {e:perizat.sinaw@mail.uz} ge jazıń. Sińlim {n:Gúlayım} da usı jerde edi. {n:Gúlayımnıń} eki balası bar.`,
		`Hákimlikten {n:Seytniyazova} keldi, keyin máhálle başlıǵı {n:Tóreniyaz} aǵa. {p:Moynaq} rayonında xızmet joq, {p:Nókiske} barıw kerek. {n:Tóreniyazdan} razıman. Nomeri {t:toqsan bir, úsh júz on eki, qırq bes, alpıs jeti}.`
	],
	en: [
		`Question: Who comes to the centre?\nAnswer: Mostly from villages nearby. Last week a woman called {n:Nodira} came from {p:Zomin} district. {n:Nodira's} husband rang many times, his number is {t:+998 90 123 45 67}. Nobody in the mahalla helped her.`,
		`I live in {p:Bogishamol} mahalla, {p:Navbahor} street, {p:house 12}. My mother-in-law {n:Sanobar} is ill. My husband {n:Rustam} went to Russia in May. I lost my passport, {d:AA1234567}.`,
		`Moderator: Did the police come?\nParticipant: A young man, {n:Karimov}, came and spoke well. Then we met Mr. {n:Sherzod Aliyev}. He said: "{n:Malika}, do not be afraid." But nobody gave {n:Malika} any paper. On Monday I went again.`,
		`My children go to {p:school No. 15}. The small one, {n:Umidjon}, is at kindergarten. I was born on {b:12 March 1989} in {p:Urgut}. My brother {n:Baxtiyor Tursunov} drives a taxi, {c:30 A 456 BC}.`,
		`The psychologist, Mrs. {n:Gulnora}, helped me a lot. Aunt {n:Zulfiya} was there too. Write to {e:malika.test@mail.uz}. Dr {n:Lee} from the Korean clinic saw my arm. I think God sent them.`,
		`From the hokimiyat came {n:Xoldorova}, then the chairman {n:Toxtasin}. There is no service in {p:Pop} district, one must go to {p:Namangan}. Her phone is {t:ninety three, five five five, twelve, thirty four}. Her ID is {d:41203891234567}.`
	],
};
