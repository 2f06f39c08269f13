import { criterion, critical, type ShippedArea } from './words.ts';

/** Service quality of a shelter or centre: the first five areas. */
export const qualityFirst: readonly ShippedArea[] = [
	{
		code: 'safety',
		title: ['Xavfsizlik va maxfiylik', 'Безопасность и конфиденциальность', 'Safety and confidentiality'],
		kaa: 'Qáwipsizlik hám qupıyalıq',
		criteria: [
			critical('Binoga kim kirishi kechayu kunduz nazorat qilinadi.', 'Вход в здание контролируется днём и ночью.', 'Who enters the building is controlled by day and by night.'),
			critical('Joylashgan manzil faqat bilishi shart boʻlganlarga maʼlum.', 'Адрес знают только те, кому это необходимо.', 'Only those who must know are told where the place is.'),
			critical('Yozuvlar qulflanadi yoki parol bilan himoyalanadi; ularni faqat vakolatli xodim ochadi.', 'Записи хранятся под замком или паролем, доступ только у уполномоченных.', 'Records are locked or protected by a password, and only authorised staff open them.'),
			criterion('Tahdid boʻlganda nima qilish yozma belgilangan va xodimlar buni mashq qilgan.', 'Есть письменный порядок действий при угрозе, сотрудники его отрабатывали.', 'There is a written plan for threats, and staff have practised it.'),
			criterion('Maʼlumot boshqa idoraga faqat kerakli hajmda va belgilangan tartibda beriladi.', 'Сведения передаются другим службам только в нужном объёме и по порядку.', 'Other services receive only the information they need, by an agreed procedure.'),
			criterion('Telefon va ijtimoiy tarmoqlardan xavfsiz foydalanish tushuntiriladi.', 'Объясняют, как безопасно пользоваться телефоном и соцсетями.', 'Safe use of phones and social media is explained.')
		]
	},
	{
		code: 'rights',
		title: ['Huquqlar va rozilik', 'Права и согласие', 'Rights and consent'],
		kaa: 'Huqıqlar hám razılıq',
		criteria: [
			critical('Hech narsa roziliksiz qilinmaydi; rozilikni istalgan payt qaytarib olish mumkin.', 'Ничего не делается без согласия, и его можно отозвать в любой момент.', 'Nothing is done without consent, which can be withdrawn at any time.'),
			criterion('Huquqlar va qoidalar tushunarli tilda ogʻzaki va yozma aytiladi.', 'Права и правила объясняют понятно, устно и письменно.', 'Rights and rules are explained in plain words, spoken and written.'),
			criterion('Yordam millat, til, nogironlik, yosh yoki oilaviy holatga qaramay beriladi.', 'Помощь оказывают независимо от национальности, языка, инвалидности, возраста и семейного положения.', 'Help is given whatever the nationality, language, disability, age or family status.'),
			critical('Hech kim yarashishga yoki ariza berishga majburlanmaydi.', 'Никого не принуждают к примирению или к заявлению.', 'Nobody is pressed to reconcile or to report.'),
			criterion('Oʻziga oid yozuvlarni koʻrish va tuzattirish mumkin.', 'Можно увидеть записи о себе и попросить их исправить.', 'A person can see the records about her and have them corrected.'),
			criterion('Erkin kelib-ketish va aloqada boʻlish cheklanmaydi; cheklov boʻlsa, sababi yoziladi.', 'Свобода передвижения и связи не ограничена, а причина ограничения записывается.', 'Movement and contact are free; any limit is recorded with its reason.')
		]
	},
	{
		code: 'intake',
		title: ['Qabul va xavfni baholash', 'Приём и оценка риска', 'Intake and risk'],
		kaa: 'Qabıllaw hám qáwipti bahalaw',
		criteria: [
			criterion('Murojaat qilgan kishi shu kunning oʻzida qabul qilinadi yoki boshqa joyga yoʻnaltiriladi.', 'Обратившуюся принимают или направляют дальше в тот же день.', 'Whoever comes is received or referred on the same day.'),
			critical('Hayot uchun xavf birinchi suhbatda baholanadi va yoziladi.', 'Риск для жизни оценивают и записывают при первой беседе.', 'Risk to life is assessed and recorded in the first conversation.'),
			critical('Xavf yuqori boʻlsa, darhol xavfsizlik rejasi tuziladi.', 'При высоком риске сразу составляют план безопасности.', 'Where the risk is high, a safety plan is made at once.'),
			criterion('Suhbat alohida, begona quloq va koʻzdan xoli xonada oʻtadi.', 'Беседа проходит в отдельной комнате, где никто не слышит и не видит.', 'The conversation takes place in a room where nobody else hears or sees.'),
			criterion('Qabul shartlari yozilgan, eʼlon qilingan va kamsitmaydi.', 'Условия приёма записаны, известны и никого не дискриминируют.', 'The conditions of admission are written, known and discriminate against nobody.'),
			criterion('Xavf har oʻzgarishda, kamida oyda bir marta qayta baholanadi.', 'Риск оценивают заново при каждом изменении, не реже раза в месяц.', 'Risk is assessed again at every change, at least once a month.')
		]
	},
	{
		code: 'case_work',
		title: ['Ish yuritish', 'Ведение случая', 'Case management'],
		kaa: 'Is júrgiziw',
		criteria: [
			criterion('Har bir kishining masʼul xodimi bor.', 'У каждой есть ответственный сотрудник.', 'Everyone has a named case worker.'),
			criterion('Yordam rejasi u bilan birga tuziladi va maqsadlarni oʻzi tanlaydi.', 'План помощи составляют вместе с ней, цели выбирает она сама.', 'The plan is made with her, and she chooses its goals.'),
			criterion('Reja belgilangan muddatda qayta koʻriladi.', 'План пересматривают в установленный срок.', 'The plan is reviewed at set times.'),
			criterion('Murakkab ishlar jamoada, ismlarsiz muhokama qilinadi.', 'Сложные случаи обсуждают в команде без имён.', 'Difficult cases are discussed in the team without names.'),
			criterion('Chiqishga tayyorgarlik erta boshlanadi: turar joy, daromad, hujjatlar.', 'К выходу готовят заранее: жильё, доход, документы.', 'Leaving is prepared early: housing, income, documents.'),
			criterion('Ish yopilgach, rozilik bilan holidan xabar olinadi.', 'После завершения, с согласия, узнают, как дела.', 'After closing, she is contacted again if she has agreed.')
		]
	},
	{
		code: 'psychosocial',
		title: ['Ruhiy-ijtimoiy yordam', 'Психосоциальная помощь', 'Psychosocial support'],
		kaa: 'Psixosociallıq járdem',
		criteria: [
			criterion('Tayyorgarlikdan oʻtgan mutaxassis bilan yakka suhbatlar bor.', 'Есть индивидуальные беседы с обученным специалистом.', 'There are individual sessions with a trained professional.'),
			critical('Oʻziga zarar yetkazish xavfi soʻraladi va bunda nima qilish belgilangan.', 'О риске самоповреждения спрашивают, и порядок действий определён.', 'Risk of self-harm is asked about, and what to do is laid down.'),
			criterion('Guruh mashgʻulotlari ixtiyoriy va xavfsiz.', 'Групповые занятия добровольны и безопасны.', 'Group activities are voluntary and safe.'),
			criterion('Yordam u tushunadigan tilda beriladi.', 'Помощь оказывают на понятном ей языке.', 'Support is given in a language she understands.'),
			criterion('Ruhiy salomatlik mutaxassisiga yoʻnaltirish yoʻli bor.', 'Есть путь направления к специалисту по психическому здоровью.', 'There is a way to refer to mental health care.'),
			criterion('Kundalik hayotda kasb, oʻqish va dam olish imkoniyati bor.', 'В повседневной жизни есть возможность учиться, работать и отдыхать.', 'Daily life leaves room for learning, work and rest.')
		]
	}
];
