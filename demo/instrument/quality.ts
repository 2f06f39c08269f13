import { ask, may, note, section, type Row, type Three } from './row.ts';

const often = (name: string, label: Three): Row => ask('select_one how_often', name, label);
const noneAlone = {
	constraint: "not(selected(., 'none') and count-selected(.) > 1)",
	constraintMessage: ['“Hech biri” boshqa javob bilan birga tanlanmaydi.', '«Ничего» или «никто» не сочетается с другими ответами.', '“None” cannot go together with another answer.']
} as const;

/** How good and safe the help is, who gives it, what people around think, and what should come first. */
export const quality: readonly Row[] = [
	...section('quality', ['Sifat va xavfsizlik', 'Качество и безопасность', 'Quality and safety'], [
		ask('select_one yes_partly_no', 'private_room', ['Suhbat uchun boshqalar eshitmaydigan xona bormi?', 'Есть ли комната, где беседу не слышат?', 'Is there a room where nobody overhears?']),
		ask('select_one yes_partly_no', 'records_locked', ['Hujjatlar qulflanadigan joyda saqlanadimi?', 'Хранятся ли записи под замком?', 'Are records kept under lock?']),
		often('risk_assessed', ['Har bir murojaatda xavf baholanadimi?', 'Оценивают ли риск при каждом обращении?', 'Is risk assessed whenever someone comes?']),
		often('safety_plan', ['Ayol bilan birga xavfsizlik rejasi tuziladimi?', 'Составляют ли план безопасности вместе с женщиной?', 'Is a safety plan made together with her?']),
		often('choice_hers', ['Keyingi qadamni ayolning oʻzi hal qiladimi?', 'Решает ли женщина сама, что дальше?', 'Does she decide herself what happens next?']),
		often('reconciliation_first', ['Yordamdan oldin ayoldan yarashish soʻraladimi?', 'Просят ли женщину помириться, прежде чем помочь?', 'Is she asked to reconcile before she is helped?']),
		ask('select_one yes_partly_no', 'complaints', ['Shikoyat va taklifni nomsiz bildirish mumkinmi?', 'Можно ли пожаловаться или предложить анонимно?', 'Can complaints and suggestions be made anonymously?'])
	], "${consent} = 'yes' and ${adult} = 'yes' and (${works_directly} = 'yes' or ${role} = 'authority')"),
	...section('staffing', ['Xodimlar va oʻqitish', 'Сотрудники и обучение', 'Staff and training'], [
		ask('select_one yes_partly_no', 'psychologist', ['Psixolog bormi?', 'Есть ли психолог?', 'Is there a psychologist?']),
		ask('select_one yes_partly_no', 'lawyer', ['Yurist bormi?', 'Есть ли юрист?', 'Is there a lawyer?']),
		ask('select_multiple topic', 'trained_in', ['Oxirgi yilda qaysi mavzularda oʻqidingiz?', 'По каким темам вы учились за последний год?', 'In which topics were you trained in the past year?'], noneAlone),
		ask('select_multiple topic', 'training_wanted', ['Qaysi mavzularda oʻqish kerak?', 'Какое обучение нужно?', 'Which training is needed?'], noneAlone),
		ask('select_one how_often', 'staff_support', ['Xodimlarga ruhiy yordam yoki maslahat beriladimi?', 'Получают ли сотрудники поддержку или супервизию?', 'Do staff receive support or supervision?'])
	]),
	...section('norms', ['Jamoadagi qarashlar', 'Нормы в сообществе', 'Norms in the community'], [
		note('norms_note', ['Keyingi savollar atrofingizdagi odamlar nima deb oʻylashi haqida, oʻzingizning fikringiz haqida emas.', 'Следующие вопросы о том, что думают люди вокруг, а не вы сами.', 'The next questions are about what people around you think, not about your own opinion.']),
		ask('select_one how_many', 'norm_private', ['Oiladagi zoʻravonlik oilaning ichki ishi, deb necha kishi oʻylaydi?', 'Сколько людей думают, что насилие в семье её внутреннее дело?', 'How many think that violence at home is a private matter?']),
		ask('select_one how_many', 'norm_endure', ['Ayol bolalar uchun chidashi kerak, deb necha kishi oʻylaydi?', 'Сколько людей думают, что женщина должна терпеть ради детей?', 'How many think that a woman should endure for the sake of the children?']),
		ask('select_one how_many', 'norm_blame', ['Ayolning oʻzi aybdor, deb necha kishi oʻylaydi?', 'Сколько людей думают, что виновата сама женщина?', 'How many think that the woman herself is to blame?']),
		ask('select_one how_many', 'would_help', ['Qoʻshnisiga yordam soʻrashni maslahat beradiganlar qancha?', 'Сколько людей посоветуют соседке обратиться за помощью?', 'How many would advise a neighbour to ask for help?'])
	]),
	...section('families', ['Alohida eʼtibor kerak boʻlgan oilalar', 'Уязвимые семьи', 'Vulnerable families'], [
		ask('select_multiple family_kind', 'families_served', ['Xizmatlaringiz kimlar uchun moslashgan?', 'Для кого приспособлены ваши услуги?', 'For whom are your services adapted?'], {
			...noneAlone, hint: ['Umuman. Ayrim oilalar haqida gapirilmaydi.', 'В целом. Об отдельных семьях не говорим.', 'In general. No single family is spoken about.']
		}),
		ask('select_one yes_partly_no', 'returnees_welcome', ['Iroq va Suriyadan qaytgan ayollar xizmatlardan teng foydalana oladimi?', 'Могут ли женщины, вернувшиеся из Ирака и Сирии, пользоваться услугами наравне?', 'Can women who returned from Iraq and Syria use services on equal terms?']),
		ask('select_one yes_no', 'returnees_trained', ['Shu oilalar bilan ishlash boʻyicha oʻqiganmisiz?', 'Учились ли вы работать с такими семьями?', 'Were you trained to work with such families?'])
	]),
	...section('funding', ['Mablagʻ', 'Финансирование', 'Funding'], [
		ask('select_multiple fund', 'funds', ['Mablagʻ qayerdan keladi?', 'Откуда средства?', 'Where does the money come from?'], noneAlone),
		ask('integer', 'funded_months', ['Mavjud mablagʻ necha oyga yetadi?', 'На сколько месяцев хватит имеющихся средств?', 'For how many months will the present money last?'], {
			constraint: '. >= 0 and . <= 120', constraintMessage: ['0 dan 120 gacha boʻlgan son yozing.', 'Введите число от 0 до 120.', 'Write a number from 0 to 120.']
		}),
		ask('select_one use', 'grant_use', ['Kichik grantni birinchi navbatda nimaga sarflagan boʻlardingiz?', 'На что вы прежде всего потратили бы небольшой грант?', 'What would you spend a small grant on first?'])
	]),
	...section('priorities', ['Ustuvorliklar', 'Приоритеты', 'Priorities'], [
		ask('select_one priority', 'priority_first', ['Eng avvalo nima oʻzgarishi kerak?', 'Что должно измениться прежде всего?', 'What should change first?']),
		ask('select_one priority', 'priority_second', ['Undan keyin-chi?', 'А затем?', 'And after that?'], {
			constraint: '. != ${priority_first}', constraintMessage: ['Birinchisidan boshqasini tanlang.', 'Выберите другое, не то же самое.', 'Choose another one than the first.']
		}),
		may('text', 'good_practice', ['Nima yaxshi ishlaydi va boshqalar ham oʻrgansa boʻladi?', 'Что работает хорошо и чему могли бы научиться другие?', 'What works well, so that others could learn from it?'], {
			hint: ['Odamlar, joylar va alohida voqealarni yozmang.', 'Не пишите о людях, местах и отдельных случаях.', 'Do not write about persons, places or single cases.']
		}),
		may('text', 'suggestion', ['Davlat organlariga qanday taklifingiz bor?', 'Что вы предложили бы органам власти?', 'What would you suggest to the authorities?'], {
			hint: ['Odamlar, joylar va alohida voqealarni yozmang.', 'Не пишите о людях, местах и отдельных случаях.', 'Do not write about persons, places or single cases.']
		}),
		ask('select_one yes_no', 'support_offered', ['Suhbatdoshga yordam xizmatlari haqida maʼlumot berildimi?', 'Дали ли вы собеседнику сведения о службах помощи?', 'Did you give the respondent the information about support services?'], {
			hint: ['Suhbatdan keyin har kimga bering, soʻralmasa ham.', 'Давайте каждому после беседы, даже если не спрашивают.', 'Give it to everyone after the interview, also when nobody asks.']
		}),
		note('thanks', ['Rahmat. Bu suhbatdan keyin gaplashish zarur boʻlsa, suhbatdosh yordam xizmatlari varaqasidagi raqamlarga murojaat qilishi mumkin.', 'Спасибо. Если после беседы нужна поддержка, можно обратиться по листку служб помощи.', 'Thank you. Whoever needs to talk after this interview can turn to the services on the information sheet.'])
	])
];
