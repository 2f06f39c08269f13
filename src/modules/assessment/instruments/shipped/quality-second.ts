import { criterion, critical, type ShippedArea } from './words.ts';

/** Service quality of a shelter or centre: the last five areas. */
export const qualitySecond: readonly ShippedArea[] = [
	{
		code: 'referral',
		title: ['Sogʻliqni saqlash va huquqiy yordamga yoʻnaltirish', 'Направление к медицинской и правовой помощи', 'Health and legal referral'],
		kaa: 'Medicinalıq hám huqıqıy járdemge baǵdarlaw',
		criteria: [
			critical('Shoshilinch tibbiy yordam kechiktirilmay chaqiriladi.', 'Неотложную медицинскую помощь вызывают без промедления.', 'Emergency medical care is called without delay.'),
			criterion('Jinsiy zoʻravonlikdan keyingi tibbiy yordam muddatlari xodimlarga maʼlum.', 'Сотрудники знают сроки медицинской помощи после сексуального насилия.', 'Staff know the time limits of medical care after sexual violence.'),
			criterion('Bepul huquqiy maslahat olish yoʻli bor.', 'Есть доступ к бесплатной юридической консультации.', 'Free legal advice can be had.'),
			criterion('Himoya orderini olishda yordam beriladi.', 'Помогают получить охранный ордер.', 'Help is given to obtain a protection order.'),
			criterion('Istasa, shifokor, politsiya yoki sudga xodim birga boradi.', 'По желанию сотрудник сопровождает к врачу, в полицию или суд.', 'If she wishes, a member of staff goes with her to the doctor, the police or the court.'),
			criterion('Yoʻnaltirish natijasi kuzatiladi.', 'Результат направления отслеживают.', 'What becomes of a referral is followed up.')
		]
	},
	{
		code: 'children',
		title: ['Bolalar', 'Дети', 'Children'],
		kaa: 'Balalar',
		criteria: [
			critical('Bolalarni himoya qilish qoidasi bor va har bir xodim uni imzolagan.', 'Есть правила защиты детей, их подписал каждый сотрудник.', 'There is a child protection rule, signed by every member of staff.'),
			criterion('Bolalar onasi bilan birga qoladi; oʻgʻil bolalarning yoshi toʻsiq boʻlmaydi.', 'Дети остаются с матерью, возраст мальчиков не препятствие.', 'Children stay with their mother, and the age of boys is no bar.'),
			criterion('Bolaning ehtiyojlari alohida baholanadi.', 'Потребности ребёнка оценивают отдельно.', "A child's needs are assessed in their own right."),
			criterion('Maktab va bogʻchaga xavfsiz borish tashkil etilgan.', 'Организовано безопасное посещение школы и детского сада.', 'Going to school or kindergarten safely is arranged.'),
			criterion('Oʻyin va oʻqish uchun joy va vaqt bor.', 'Есть место и время для игр и занятий.', 'There is room and time for play and study.'),
			criterion('Yoshiga mos ruhiy yordam bor.', 'Есть психологическая помощь по возрасту.', 'There is psychological support fit for their age.')
		]
	},
	{
		code: 'facilities',
		title: ['Bino va qulaylik', 'Помещения и доступность', 'Facilities and access'],
		kaa: 'Imarat hám qolaylılıq',
		criteria: [
			criterion('Xona, hojatxona va yuvinish joyi ichkaridan qulflanadi.', 'Комнаты, туалет и душ запираются изнутри.', 'Rooms, toilets and showers lock from inside.'),
			critical('Yongʻin xavfsizligi taʼminlangan, chiqish yoʻllari ochiq.', 'Пожарная безопасность обеспечена, выходы свободны.', 'Fire safety is in place and exits are free.'),
			criterion('Nogironligi bor kishi mustaqil harakatlana oladi.', 'Человек с инвалидностью может передвигаться самостоятельно.', 'A person with a disability can move about on her own.'),
			criterion('Ovqat, suv va issiqlik yetarli.', 'Еды, воды и тепла достаточно.', 'Food, water and heating are enough.'),
			criterion('Gigiyena vositalari va kiyim-kechak beriladi.', 'Выдают средства гигиены и одежду.', 'Hygiene items and clothes are provided.'),
			criterion('Yoʻlga va telefonga pul kerak boʻlmaydi.', 'Проезд и звонок не стоят денег.', 'Getting there and calling cost nothing.')
		]
	},
	{
		code: 'staffing',
		title: ['Xodimlar va ularga gʻamxoʻrlik', 'Сотрудники и забота о них', 'Staffing and staff care'],
		kaa: 'Xızmetkerler hám olarǵa ǵamxorlıq',
		criteria: [
			critical('Xodimlar ishga olishdan oldin tekshiriladi.', 'Сотрудников проверяют до приёма на работу.', 'Staff are checked before they are taken on.'),
			criterion('Barcha xodimlar gender zoʻravonligi boʻyicha oʻqitilgan.', 'Все сотрудники обучены по гендерному насилию.', 'All staff are trained on gender-based violence.'),
			criterion('Xulq-atvor qoidasi bor va buzilishi haqida xavfsiz aytish mumkin.', 'Есть кодекс поведения, о нарушениях можно сообщить безопасно.', 'There is a code of conduct, and breaches can be told safely.'),
			criterion('Tun va dam olish kunlari ham xodim bor.', 'Сотрудник есть и ночью, и в выходные.', 'Staff are there at night and at weekends too.'),
			criterion('Xodimlar muntazam maslahat va koʻmak oladi.', 'Сотрудники регулярно получают супервизию и поддержку.', 'Staff receive regular supervision and support.'),
			criterion('Ish yuki va maosh odamni saqlab qolishga imkon beradi.', 'Нагрузка и оплата позволяют удерживать людей.', 'Workload and pay let people stay.')
		]
	},
	{
		code: 'governance',
		title: ['Boshqaruv, fikr-mulohaza va kuzatuv', 'Управление, обратная связь и наблюдение', 'Governance, feedback and follow-up'],
		kaa: 'Basqarıw, pikir-usınıslar hám baqlaw',
		criteria: [
			criterion('Maqsad, qoidalar va masʼuliyat yozma belgilangan.', 'Цели, правила и ответственность записаны.', 'Aims, rules and responsibilities are written down.'),
			critical('Shikoyatni xavfsiz va nomsiz berish mumkin va unga javob qaytariladi.', 'Жалобу можно подать безопасно и анонимно, на неё отвечают.', 'A complaint can be made safely and without a name, and is answered.'),
			criterion('Omon qolganlarning fikri ish rejasini oʻzgartiradi.', 'Мнение переживших насилие меняет планы работы.', 'What survivors say changes the plans.'),
			criterion('Moliyalashtirish kamida bir yilga taʼminlangan.', 'Финансирование обеспечено не менее чем на год.', 'Funding is secured for at least a year.'),
			criterion('Koʻrsatkichlar ismlarsiz yigʻiladi va tahlil qilinadi.', 'Показатели собирают и анализируют без имён.', 'Figures are collected and analysed without names.'),
			criterion('Tashqi baholash oʻtkaziladi va natijasi ochiq.', 'Проводится внешняя оценка, её итог открыт.', 'There is an outside review, and its result is open.')
		]
	}
];
