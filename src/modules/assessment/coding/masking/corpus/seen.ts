/** Made-up interview texts that were at hand while the rules were written. Nobody in them exists. */
export const seen: Readonly<Record<'uz' | 'uz-Cyrl' | 'ru', readonly string[]>> = {
	uz: [
		`Savol: Markazga kimlar keladi?\nJavob: Koʻpincha qoʻshni qishloqlardan. Oʻtgan hafta {n:Nodira} opa degan ayol keldi, {p:Zomin} tumanidan. {n:Nodiraning} aytishicha, mahallada hech kim yordam bermagan. Uning telefoni {t:+998 90 123 45 67} edi, keyin almashtirdi.`,
		`Men {p:Bogʻishamol} mahallasida yashayman, {p:Navbahor} koʻchasi, {p:12-uy}. Qaynonam {n:Sanobar} xola bilan turaman. Erim {n:Rustam} ishlagani ketgan. Hujjatlarim yoʻqolgan, pasportim {d:AA1234567} edi.`,
		`Moderator: Uchastkachi kelganmi?\nIshtirokchi: {n:Karimov} degan yigit keldi, yaxshi gapirdi. Keyin {n:Sherzod Aliyevich} bilan uchrashdik. U kishi “{n:Malika}, qoʻrqmang” dedi. Lekin {n:Malikaga} hech kim qogʻoz bermadi.`,
		`Bolalar {p:15-maktabda} oʻqiydi. Kichigi {n:Umidjon} hali bogʻchada. Men {b:1989-yil 12-mart} kuni tugʻilganman, {p:Urgutda}. Akam {n:Baxtiyor Tursunov} haydovchi, mashinasi {c:30 A 456 BC}. Ishonch telefoniga qoʻngʻiroq qildim, javob bermadi.`,
		`Boshpanada uch oy turdim. Psixolog {n:Gulnora Rahimovna} juda yordam berdi. Huquqshunosning ismini eslolmayman, {n:Olim} aka deyishardi. Yozsangiz, {e:malika.test@mail.uz} ga yozing. Singlim {n:Zulfiyaxon} ham shu yerda edi.`,
		`Hokimlikdan {n:Xoldorova} keldi, keyin mahalla raisi {n:Toʻxtasin} aka. {p:Pop} tumanida xizmat yoʻq, {p:Namanganga} borish kerak. {n:Toʻxtasin} aka taksi topib berdi. Haydovchi {n:Ergash Qodirov oʻgʻli} pul olmadi. Bu yerda hamma bir-birini taniydi.`
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
	]
};
