import type { Words } from './words.ts';

/** A question of a survey: statements are rated on one scale, the others choose from a list of their own. */
export type ShippedQuestion =
	| { readonly name: string; readonly scale: 'agree' | 'obstacle'; readonly words: Words }
	| { readonly name: string; readonly choices: readonly (readonly [value: string, words: Words])[]; readonly several?: true; readonly words: Words };
export type ShippedSection = { readonly code: string; readonly title: Words; readonly questions: readonly ShippedQuestion[] };

const obstacle = (name: string, uz: string, ru: string, en: string): ShippedQuestion => ({ name, scale: 'obstacle', words: [uz, ru, en] });
const agree = (name: string, uz: string, ru: string, en: string): ShippedQuestion => ({ name, scale: 'agree', words: [uz, ru, en] });

/** Barriers to reporting as professionals see them. Asks about their work, never about a person they served. */
export const barriers: readonly ShippedSection[] = [
	{
		code: 'work',
		title: ['Ishingiz haqida', 'О вашей работе', 'About your work'],
		questions: [
			{
				name: 'sector',
				words: ['Qaysi sohada ishlaysiz?', 'В какой сфере вы работаете?', 'Which field do you work in?'],
				choices: [
					['shelter', ['Boshpana yoki markaz', 'Убежище или центр', 'Shelter or centre']],
					['health', ['Sogʻliqni saqlash', 'Здравоохранение', 'Health']],
					['police', ['Politsiya', 'Полиция', 'Police']],
					['legal', ['Sud, prokuratura, advokatura', 'Суд, прокуратура, адвокатура', 'Courts, prosecution, legal aid']],
					['education', ['Taʼlim', 'Образование', 'Education']],
					['makhalla', ['Mahalla', 'Махалля', 'Makhalla']],
					['cso', ['Nodavlat tashkilot', 'Некоммерческая организация', 'Civil society organisation']]
				]
			},
			{
				name: 'trained',
				words: ['Gender zoʻravonligi boʻyicha oʻqiganmisiz?', 'Обучались ли вы по теме гендерного насилия?', 'Were you trained on gender-based violence?'],
				choices: [
					['no', ['Yoʻq', 'Нет', 'No']],
					['once', ['Ha, bir marta', 'Да, один раз', 'Yes, once']],
					['often', ['Ha, bir necha marta', 'Да, несколько раз', 'Yes, several times']]
				]
			}
		]
	},
	{
		code: 'people',
		title: ['Murojaat qilishga nima xalaqit beradi?', 'Что мешает обратиться за помощью?', 'What keeps people from reporting?'],
		questions: [
			obstacle('shame', 'Uyat va el-yurt gapidan qoʻrqish', 'Стыд и страх пересудов', 'Shame and fear of talk'),
			obstacle('retaliation', 'Qasos olinishidan qoʻrqish', 'Страх мести', 'Fear of retaliation'),
			obstacle('children', 'Bolalardan ayrilishdan qoʻrqish', 'Страх потерять детей', 'Fear of losing the children'),
			obstacle('money', 'Pul va turar joy yoʻqligi', 'Нет денег и жилья', 'No money and nowhere to live'),
			obstacle('unaware', 'Qayerga borishni bilmaslik', 'Не знают, куда идти', 'Not knowing where to go'),
			obstacle('distrust', 'Idoralarga ishonmaslik', 'Недоверие к службам', 'No trust in the services')
		]
	},
	{
		code: 'services',
		title: ['Xizmatlarda nima xalaqit beradi?', 'Что мешает в самих службах?', 'What stands in the way inside services?'],
		questions: [
			obstacle('distance', 'Xizmat uzoqda', 'Служба далеко', 'The service is far away'),
			obstacle('hours', 'Kechasi va dam olish kunlari yopiq', 'Закрыто ночью и в выходные', 'Closed at night and at weekends'),
			obstacle('privacy', 'Maxfiy suhbat uchun joy yoʻq', 'Нет места для разговора наедине', 'No room for a private talk'),
			obstacle('attitude', 'Xodimlarning ayblovchi munosabati', 'Обвиняющее отношение сотрудников', 'Staff who blame'),
			obstacle('reconciliation', 'Yarashishga undash', 'Склонение к примирению', 'Pressure to reconcile'),
			obstacle('papers', 'Hujjat talab qilinishi', 'Требование документов', 'Documents that are asked for'),
			obstacle('access', 'Nogironlik yoki til sababli foydalana olmaslik', 'Недоступность из-за инвалидности или языка', 'No access because of disability or language'),
			obstacle('no_referral', 'Idoralar bir-biriga yoʻnaltirmasligi', 'Службы не направляют друг к другу', 'Services that do not refer to each other')
		]
	},
	{
		code: 'duty',
		title: ['Sizga nima xalaqit beradi?', 'Что мешает вам?', 'What stands in your own way?'],
		questions: [
			agree('knows_duty', 'Xabar berish tartibini bilaman.', 'Я знаю порядок сообщения.', 'I know the procedure for reporting.'),
			agree('feels_safe', 'Xabar berganimda oʻzimni xavfsiz sezaman.', 'Сообщая, я чувствую себя в безопасности.', 'I feel safe when I report.'),
			agree('has_time', 'Bunga vaqtim yetarli.', 'У меня достаточно на это времени.', 'I have time enough for it.'),
			agree('sees_result', 'Xabar natija beradi, deb bilaman.', 'Я вижу, что сообщение даёт результат.', 'I see that reporting has an effect.'),
			agree('has_support', 'Rahbarim meni qoʻllaydi.', 'Руководство меня поддерживает.', 'My superiors support me.')
		]
	}
];

/** Community norms: what people think that others think, and do; nothing about their own lives. */
export const norms: readonly ShippedSection[] = [
	{
		code: 'about',
		title: ['Umumiy', 'Общее', 'In general'],
		questions: [
			{
				name: 'gender',
				words: ['Jinsingiz', 'Ваш пол', 'Your gender'],
				choices: [
					['woman', ['Ayol', 'Женщина', 'Woman']],
					['man', ['Erkak', 'Мужчина', 'Man']],
					['unsaid', ['Aytishni istamayman', 'Не хочу говорить', 'I would rather not say']]
				]
			},
			{
				name: 'age_group',
				words: ['Yosh guruhingiz', 'Ваша возрастная группа', 'Your age group'],
				choices: [
					['18_29', ['18–29', '18–29', '18–29']],
					['30_44', ['30–44', '30–44', '30–44']],
					['45_59', ['45–59', '45–59', '45–59']],
					['60', ['60 va undan katta', '60 и старше', '60 and over']]
				]
			}
		]
	},
	{
		code: 'own_view',
		title: ['Sizning fikringiz', 'Ваше мнение', 'Your own view'],
		questions: [
			agree('private_matter', 'Oiladagi zoʻravonlik – begonalar aralashmaydigan ish.', 'Насилие в семье – дело, в которое чужие не вмешиваются.', 'Violence in a family is no business of others.'),
			agree('justified', 'Baʼzi hollarda erning xotinini urishi oqlanadi.', 'Бывают случаи, когда мужу можно ударить жену.', 'There are cases in which a husband may hit his wife.'),
			agree('endure', 'Oila uchun ayol chidashi kerak.', 'Ради семьи женщина должна терпеть.', 'A woman should endure for the sake of the family.'),
			agree('early_marriage', 'Qizni 18 yoshgacha turmushga berish mumkin.', 'Девушку можно выдать замуж до 18 лет.', 'A girl may be married before she is 18.'),
			agree('decide_together', 'Muhim qarorlarni er-xotin birga qabul qiladi.', 'Важные решения муж и жена принимают вместе.', 'Husband and wife decide important things together.'),
			agree('help_right', 'Yordam soʻrash – ayolning huquqi.', 'Обратиться за помощью – право женщины.', 'To ask for help is a right of every woman.')
		]
	},
	{
		code: 'others_view',
		title: ['Mahallangizdagilar fikri', 'Мнение вашей махалли', 'What people around you think'],
		questions: [
			agree('others_private', 'Mahalladagilarning koʻpi buni oilaning ichki ishi deb biladi.', 'Большинство в махалле считает это внутренним делом семьи.', 'Most people here think that it is a private matter.'),
			agree('others_blame', 'Koʻpchilik yordam soʻragan ayolni ayblaydi.', 'Большинство осуждает женщину, попросившую о помощи.', 'Most people here blame a woman who asks for help.'),
			agree('others_endure', 'Koʻpchilik ayol chidashini kutadi.', 'Большинство ждёт, что женщина будет терпеть.', 'Most people here expect a woman to endure.'),
			agree('others_help', 'Qoʻshnilar yordamga keladi.', 'Соседи придут на помощь.', 'Neighbours would come to help.'),
			agree('leaders_help', 'Mahalla faollari yordam olishga koʻmaklashadi.', 'Актив махалли помогает получить помощь.', 'Makhalla leaders help people to get help.')
		]
	},
	{
		code: 'knowledge',
		title: ['Nimani bilasiz?', 'Что вы знаете?', 'What do you know?'],
		questions: [
			{
				name: 'knows',
				several: true,
				words: ['Qaysi yordam turlarini eshitgansiz?', 'О какой помощи вы слышали?', 'Which kinds of help have you heard of?'],
				choices: [
					['hotline', ['Ishonch telefoni', 'Телефон доверия', 'Helpline']],
					['shelter', ['Boshpana yoki markaz', 'Убежище или центр', 'Shelter or centre']],
					['order', ['Himoya orderi', 'Охранный ордер', 'Protection order']],
					['legal', ['Bepul huquqiy yordam', 'Бесплатная правовая помощь', 'Free legal help']],
					['none', ['Hech qaysi', 'Ни о какой', 'None of them']]
				]
			},
			agree('would_tell', 'Tanishim yordam soʻrasa, qayerga yoʻllashni bilaman.', 'Если знакомая попросит помощи, я знаю, куда направить.', 'If somebody I know asked for help, I would know where to send her.')
		]
	}
];
