import { criterion, critical, type ShippedArea } from './words.ts';

/** Coordination between services and authorities: two local areas, six of the whole system. */
export const coordination: readonly ShippedArea[] = [
	{
		code: 'local_structure',
		title: ['Joylarda: tuzilma', 'На местах: структура', 'Local: formal structure'],
		kaa: 'Jergilikli jerlerde: dúzilis',
		criteria: [
			criterion('Tumanda idoralararo guruh rasman tuzilgan.', 'В районе официально создана межведомственная группа.', 'An inter-agency group is formally set up in the district.'),
			criterion('Guruhda fuqarolik jamiyati teng huquqli aʼzo.', 'Гражданское общество в группе на равных правах.', 'Civil society is an equal member of the group.'),
			criterion('Har bir idoraning vazifasi yozilgan.', 'Обязанности каждого ведомства записаны.', "Each agency's duties are written down."),
			criterion('Guruh muntazam yigʻiladi va qarorlari yoziladi.', 'Группа собирается регулярно, решения записываются.', 'The group meets regularly and records its decisions.')
		]
	},
	{
		code: 'local_practice',
		title: ['Joylarda: amalda bajarilishi', 'На местах: исполнение', 'Local: implementation'],
		kaa: 'Jergilikli jerlerde: ámelde orınlanıwı',
		criteria: [
			criterion('Yoʻnaltirish tartibi barcha xizmatlarga maʼlum.', 'Порядок направления известен всем службам.', 'The referral procedure is known to all services.'),
			critical('Maʼlumot almashishda maxfiylik va rozilik saqlanadi.', 'При обмене сведениями соблюдают конфиденциальность и согласие.', 'Information is exchanged with confidentiality and consent.'),
			criterion('Kechasi va dam olish kunlari ham yordamga chiqiladi.', 'На помощь выезжают и ночью, и в выходные.', 'Help comes at night and at weekends too.'),
			criterion('Qarorlar bajarilishi keyingi yigʻilishda tekshiriladi.', 'Исполнение решений проверяют на следующей встрече.', 'Whether decisions were carried out is checked at the next meeting.')
		]
	},
	{
		code: 'law',
		title: ['Qonun va siyosat', 'Законы и политика', 'Law and policy'],
		kaa: 'Nızam hám siyasat',
		criteria: [
			criterion('Qonun idoralarni hamkorlikka majbur qiladi.', 'Закон обязывает ведомства сотрудничать.', 'The law obliges agencies to work together.'),
			criterion('Milliy reja muddat va masʼullar bilan qabul qilingan.', 'Национальный план принят со сроками и ответственными.', 'A national plan is adopted, with dates and owners.'),
			critical('Qoidalar yarashtirishni yordam sharti qilmaydi.', 'Правила не делают примирение условием помощи.', 'Rules do not make reconciliation a condition of help.'),
			criterion('Qoidalar fuqarolik jamiyati bilan maslahatlashib oʻzgartiriladi.', 'Правила меняют после консультаций с гражданским обществом.', 'Rules are changed in consultation with civil society.')
		]
	},
	{
		code: 'funding',
		title: ['Moliyalashtirish', 'Финансирование', 'Funding'],
		kaa: 'Qarjılandırıw',
		criteria: [
			criterion('Byudjetda xizmatlar uchun alohida mablagʻ bor.', 'В бюджете есть отдельные средства на услуги.', 'The budget has money set aside for services.'),
			criterion('Nodavlat boshpanalar ham mablagʻ oladi.', 'Негосударственные убежища тоже получают средства.', 'Shelters run by civil society receive money too.'),
			criterion('Mablagʻ ehtiyojga qarab taqsimlanadi.', 'Средства распределяют по потребности.', 'Money is shared out by need.'),
			criterion('Sarflangan mablagʻ haqida hisobot ochiq.', 'Отчёт о расходах открыт.', 'The account of spending is open.')
		]
	},
	{
		code: 'standards',
		title: ['Standartlar', 'Стандарты', 'Standards'],
		kaa: 'Standartlar',
		criteria: [
			criterion('Xizmat sifati standartlari qabul qilingan.', 'Стандарты качества услуг приняты.', 'Standards of service quality are adopted.'),
			criterion('Standartlar davlat va nodavlat xizmatlarga birdek tegishli.', 'Стандарты едины для государственных и негосударственных служб.', 'Standards hold for state and civil society services alike.'),
			critical('Boshpana manzilini oshkor qilish taqiqlangan va bu bajariladi.', 'Раскрывать адрес убежища запрещено, и это соблюдается.', "Disclosing a shelter's address is forbidden, and that is kept."),
			criterion('Standartlar bajarilishi mustaqil tekshiriladi.', 'Соблюдение стандартов проверяют независимо.', 'Keeping to standards is checked independently.')
		]
	},
	{
		code: 'capacity',
		title: ['Salohiyat', 'Возможности', 'Capacity'],
		kaa: 'Imkaniyatlar',
		criteria: [
			criterion('Politsiya, shifokor va hakimlar muntazam oʻqitiladi.', 'Полицию, врачей и судей регулярно обучают.', 'Police, doctors and judges are trained regularly.'),
			criterion('Mahalla xodimlari birinchi yordamni biladi.', 'Работники махалли знают, как помочь первыми.', 'Makhalla workers know how to give first help.'),
			criterion('Xizmatlarda joy va xodim yetarli.', 'Мест и сотрудников в службах достаточно.', 'Services have places and staff enough.'),
			criterion('Qishloqda ham xizmatga yetib borish mumkin.', 'До службы можно добраться и из села.', 'Services can be reached from villages too.')
		]
	},
	{
		code: 'monitoring',
		title: ['Kuzatuv', 'Мониторинг', 'Monitoring'],
		kaa: 'Baqlaw',
		criteria: [
			critical('Statistika ismlarsiz yigʻiladi va kishini tanib boʻlmaydi.', 'Статистика собирается без имён, и никого нельзя узнать.', 'Statistics are collected without names, and nobody can be recognised.'),
			criterion('Idoralarning maʼlumotlari taqqoslanadigan.', 'Данные ведомств сопоставимы.', "Agencies' data can be compared."),
			criterion('Maʼlumotlar muntazam eʼlon qilinadi.', 'Данные регулярно публикуются.', 'Data are published regularly.'),
			criterion('Natijalar rejani oʻzgartirishga xizmat qiladi.', 'По итогам меняют планы.', 'Results lead to changes of plan.')
		]
	},
	{
		code: 'accountability',
		title: ['Hisobdorlik', 'Подотчётность', 'Accountability'],
		kaa: 'Esap beriw',
		criteria: [
			criterion('Masʼul idora jamoatchilikka hisob beradi.', 'Ответственное ведомство отчитывается перед обществом.', 'The lead agency reports to the public.'),
			criterion('Yordam berilmagani ustidan shikoyat qilish mumkin.', 'На отказ в помощи можно пожаловаться.', 'One can complain when help was not given.'),
			criterion('Omon qolganlar va tashkilotlar fikri inobatga olinadi.', 'Мнение переживших насилие и организаций учитывают.', 'The views of survivors and organisations are taken into account.'),
			criterion('Vazifasini bajarmagan xodim javob beradi.', 'Невыполнение обязанностей имеет последствия.', 'Failing in a duty has consequences.')
		]
	}
];
