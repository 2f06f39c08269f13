/** Made-up recommendations, answers, commitments, the one verified change, and a briefing. */
import { words } from '../words.ts';
import type { Briefing, Change, Commitment, Recommendation } from './types.ts';

export const recommendations: readonly Recommendation[] = [
	{ key: 'c7', region: 'UZ-NG', to: 'authority-namangan', delivered: -31, gaps: ['g7'], results: ['r7'], title: words('Mahalla faollarini tayyorlashga zoʻravonlik mavzusini kiritish', 'Включить тему насилия в подготовку лидеров махалли', 'Máhelle jetekshilerin tayarlawǵa zorlıq temasın kirgiziw', 'Make the response to violence part of how makhalla leaders are prepared') },
	{ key: 'c8', region: 'UZ-JI', to: 'authority-jizzakh', delivered: -42, gaps: ['g8'], results: ['r8'], title: words('Boshpanalar uchun byudjetda alohida qator ochish', 'Завести в бюджете отдельную строку для приютов', 'Byudjette panajaylar ushın bólek qatar ashıw', 'Open a budget line for shelters'), answer: { day: -18, kind: 'partly', reason: words('Mablagʻ keyingi yil byudjetida koʻrib chiqiladi; bu yil imkon yoʻq.', 'Средства рассмотрят в бюджете следующего года; в этом году возможности нет.', 'Qarjı keyingi jıl byudjetinde kórip shıǵıladı; bul jılı imkaniyat joq.', 'Money will be considered in next year’s budget; this year it is not possible.') } },
	{ key: 'c9', region: 'UZ-NG', to: 'authority-namangan', delivered: -48, gaps: ['g9'], results: ['r9'], title: words('Oylik muvofiqlashtirish yigʻilishlarini doimiy qilish', 'Сделать ежемесячные координационные встречи постоянными', 'Aylıq muwapıqlastırıw jıynalısların turaqlı etiw', 'Make monthly coordination meetings permanent'), answer: { day: -40, kind: 'accepted', reason: words('Sinov foydali boʻldi.', 'Пробный период был полезен.', 'Sınaq paydalı boldı.', 'The trial was useful.') } },
	{ key: 'c10', region: null, to: 'commission', delivered: -76, gaps: ['g10'], results: ['r10'], title: words('Qaytgan ayollar uchun xizmatdan foydalanish tartibini aniq yozish', 'Ясно записать, как вернувшиеся женщины пользуются услугами', 'Qaytqan hayallar ushın xızmetten paydalanıw tártibin anıq jazıw', 'Write down clearly how returned women can use services'), answer: { day: -66, kind: 'accepted', reason: words('Tartib loyihasi tayyorlanadi.', 'Будет подготовлен проект порядка.', 'Tártip joybarı tayarlanadı.', 'A draft will be prepared.') } },
	{ key: 'c12', region: 'UZ-SA', to: 'authority-samarkand', delivered: -66, gaps: ['g12'], results: ['r12'], title: words('Bir varaqlik yoʻnaltirish tartibini butun hududda tasdiqlash', 'Утвердить порядок перенаправления на одном листе для всего региона', 'Bir betlik baǵdarlaw tártibin pútkil wálayatta tastıyıqlaw', 'Confirm the one-sheet referral pathway for the whole region'), answer: { day: -58, kind: 'accepted', reason: words('Tumanlar rozi.', 'Районы согласны.', 'Rayonlar razı.', 'The districts agree.') } }
];

export const commitments: readonly Commitment[] = [
	{
		key: 'm9', region: 'UZ-NG', recommendation: 'c9', by: 'authority-namangan', made: -38, due: 45,
		title: words('Har oy muvofiqlashtirish yigʻilishini oʻtkazish', 'Проводить координационную встречу каждый месяц', 'Hár ay muwapıqlastırıw jıynalısın ótkeriw', 'Hold a coordination meeting every month'),
		measure: words('Bayoni bor uchta yigʻilish', 'Три встречи с протоколом', 'Bayanlaması bar úsh jıynalıs', 'Three meetings with minutes'),
		statuses: [
			{ side: 'authority', status: 'under_way', day: -10, note: words('Birinchi yigʻilish oʻtdi.', 'Первая встреча прошла.', 'Birinshi jıynalıs ótti.', 'The first meeting took place.') },
			{ side: 'civil_society', status: 'under_way', day: -8, note: words('Qatnashdik; bayon hali tarqatilmadi.', 'Мы участвовали; протокол ещё не разослан.', 'Qatnastıq; bayanlama ele tarqatılmadı.', 'We took part; the minutes have not been shared yet.') }
		]
	},
	{
		key: 'm10', region: null, recommendation: 'c10', by: 'commission', made: -64, due: -20,
		title: words('Tartib loyihasini eʼlon qilish', 'Опубликовать проект порядка', 'Tártip joybarın járiyalaw', 'Publish a draft of the rule'),
		measure: words('Loyiha fikr bildirish uchun eʼlon qilingan', 'Проект опубликован для обсуждения', 'Joybar pikir bildiriw ushın járiyalanǵan', 'The draft is published for comment'),
		statuses: [
			{ side: 'authority', status: 'under_way', day: -30, note: words('Loyiha kelishilmoqda.', 'Проект согласуют.', 'Joybar kelisilip atır.', 'The draft is being agreed on.') },
			{ side: 'civil_society', status: 'not_started', day: -14, note: words('Loyihani koʻrmadik.', 'Проекта мы не видели.', 'Joybardı kórmedik.', 'We have not seen a draft.') }
		]
	},
	{
		key: 'm12', region: 'UZ-SA', recommendation: 'c12', by: 'authority-samarkand', made: -55, due: -12,
		title: words('Yoʻnaltirish tartibini barcha tumanlarda joriy etish', 'Ввести порядок перенаправления во всех районах', 'Baǵdarlaw tártibin barlıq rayonlarda engiziw', 'Introduce the referral pathway in all districts'),
		measure: words('Har tumanda tasdiqlangan varaq va bitta masʼul xodim', 'В каждом районе утверждённый лист и один ответственный', 'Hár rayonda tastıyıqlanǵan bet hám bir juwapker xızmetker', 'A confirmed sheet and one person in charge in each district'),
		statuses: [
			{ side: 'authority', status: 'done', day: -14, note: words('Buyruq chiqdi.', 'Приказ издан.', 'Buyrıq shıqtı.', 'The order was issued.') },
			{ side: 'civil_society', status: 'done', day: -11, note: words('Tumanlarda varaqni koʻrdik.', 'Мы видели лист в районах.', 'Rayonlarda betti kórdik.', 'We saw the sheet in the districts.') }
		]
	}
];

export const changes: readonly Change[] = [
	{
		key: 'v12', region: 'UZ-SA', commitment: 'm12', verifiedBy: 'women-samarkand', day: -6,
		evidence: { documents: ['order'], figures: ['pathway-again'] },
		statement: words('Samarqand tumanlarida navbatchilar yozma tartib boʻyicha, ayolning roziligi bilan yoʻnaltiradi.', 'В районах Самарканда дежурные перенаправляют по письменному порядку и с согласия женщины.', 'Samarqand rayonlarında náwbetshiler jazba tártip boyınsha, hayaldıń razılıǵı menen baǵdarlaydı.', 'In the districts of Samarkand staff on duty refer by the written pathway and with the woman’s consent.')
	}
];

export const briefing: Briefing = {
	key: 'missing',
	day: -4,
	slug: 'demonstration-what-is-missing',
	title: words('Namoyish: yordam xizmatlarida nima yetishmaydi', 'Демонстрация: чего не хватает в услугах помощи', 'Kórsetpe: járdem xızmetlerinde ne jetispeydi', 'Demonstration: what is missing in services'),
	summary: words(
		'Bu namoyish hujjati; javoblar oʻylab topilgan. Uch hududdagi xodimlar, idora vakillari va mahalla faollari aytganlarini jamlaydi.',
		'Это демонстрационный документ; ответы вымышлены. Он собирает сказанное сотрудниками, представителями власти и лидерами махалли трёх регионов.',
		'Bul kórsetpe hújjet; juwaplar oylap tabılǵan. Úsh wálayattaǵı xızmetkerler, hákimiyat wákilleri hám máhelle jetekshileri aytqanların jámleydi.',
		'This is a demonstration document; the answers are made up. It brings together what staff, officials and makhalla leaders in three regions said.'
	),
	blocks: [
		{ kind: 'heading', words: words('Nimani soʻradik', 'О чём мы спрашивали', 'Neni soradıq', 'What we asked') },
		{ kind: 'text', words: words('Xizmatlar haqida soʻradik, odamlar haqida emas. Xizmatlar soni zoʻravonlik qanchalik koʻpligini koʻrsatmaydi.', 'Мы спрашивали об услугах, не о людях. Число услуг не показывает, насколько распространено насилие.', 'Xızmetler haqqında soradıq, adamlar haqqında emes. Xızmetler sanı zorlıqtıń qanshelli kópligin kórsetpeydi.', 'We asked about services, not about people. Counts of services do not show how common violence is.') },
		{ kind: 'heading', words: words('Nimani aniqladik', 'Что мы выяснили', 'Neni anıqladıq', 'What we found') },
		{ kind: 'finding', key: 'f12' },
		{ kind: 'figure', key: 'pathway' },
		{ kind: 'quotation', key: 'who-calls' },
		{ kind: 'finding', key: 'f9' },
		{ kind: 'figure', key: 'meetings' },
		{ kind: 'heading', words: words('Nimani taklif qilamiz', 'Что мы предлагаем', 'Neni usınamız', 'What we recommend') },
		{ kind: 'text', words: words('Har qadam ayolning roziligi bilan boʻlsin; yarashish natija deb hisoblanmasin.', 'Каждый шаг делается с согласия женщины; примирение не считается результатом.', 'Hár qádem hayaldıń razılıǵı menen bolsın; jarasıw nátiyje dep esaplanbasın.', 'Every step is taken with the woman’s consent; reconciliation is not counted as a result.') },
		{ kind: 'recommendation', key: 'c12' },
		{ kind: 'recommendation', key: 'c9' }
	]
};

/** Two small pages: of the first some cells are held back, of the second more than it would need if there were not the first. */
export const pages: readonly Briefing[] = [
	{
		key: 'room-by-settlement', day: -40, slug: 'demonstration-room-by-settlement',
		title: words('Namoyish: maxfiy suhbat xonasi, joy turi boʻyicha', 'Демонстрация: комната для беседы, по типу населённого пункта', 'Kórsetpe: jeke sáwbet bólmesi, orın túri boyınsha', 'Demonstration: a room to talk in private, by kind of settlement'),
		summary: words('Baʼzi kataklar yashirilgan.', 'Некоторые ячейки скрыты.', 'Geypara ketekler jasırılǵan.', 'Some cells are held back.'),
		blocks: [{ kind: 'figure', key: 'private-room' }]
	},
	{
		key: 'room-in-all', day: -15, slug: 'demonstration-room-in-all',
		title: words('Namoyish: maxfiy suhbat xonasi, hammasi boʻlib', 'Демонстрация: комната для беседы, всего', 'Kórsetpe: jeke sáwbet bólmesi, barlıǵı', 'Demonstration: a room to talk in private, in all'),
		summary: words('Avvalgi sahifa borligi uchun bu yerda koʻproq katak yashirilgan.', 'Здесь скрыто больше, потому что раньше вышла другая страница.', 'Aldınǵı bet bolǵanı ushın bul jerde kóbirek ketek jasırılǵan.', 'More is held back here because of the page before.'),
		blocks: [{ kind: 'figure', key: 'private-room-all' }]
	}
];

/** A draft that cannot be published: it rests on a finding withdrawn since and a table with small numbers, and states a number that rests on nothing. */
export const waitingBriefing: Briefing = {
	key: 'waiting',
	day: -12,
	slug: 'demonstration-not-ready-yet',
	title: words('Namoyish: hali tayyor boʻlmagan qoralama', 'Демонстрация: черновик, который ещё не готов', 'Kórsetpe: ele tayar bolmaǵan qaralama', 'Demonstration: a draft that is not ready yet'),
	summary: words(
		'Bu qoralama nashr etilmaydi: sahifa nimaga yoʻl qoʻymasligini sanab beradi.',
		'Этот черновик не публикуется: страница перечисляет, что мешает.',
		'Bul qaralama járiyalanbaydı: bet nege jol qoymaytuǵının sanap beredi.',
		'This draft is not published: the page lists what stands in the way.'
	),
	blocks: [
		{ kind: 'heading', words: words('Yoʻl va xona', 'Дорога и комната', 'Jol hám bólme', 'The way and the room') },
		{ kind: 'text', words: words('Ayollarning 40 foizi transport yoʻqligini aytadi.', '40 % женщин говорят, что нет транспорта.', 'Hayallardıń 40 payızı transport joqlıǵın aytadı.', '40 % of women say that there is no transport.') },
		{ kind: 'finding', key: 'f11' },
		{ kind: 'figure', key: 'private-room' },
		{ kind: 'recommendation', key: 'c8' }
	]
};
