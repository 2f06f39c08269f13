import { ask, may, note, section, type Row } from './row.ts';

/** Consent, refusal, and who answers: never a name. */
export const opening: readonly Row[] = [
	{ type: 'today', name: 'today' },
	note('welcome', [
		'Bu soʻrov jabr koʻrgan ayollarga yordam xizmatlari haqida: nima bor, nima yetishmaydi. U ayrim odamlar yoki voqealar haqida emas. Ism yozilmaydi. Javob bermaslik yoki istalgan payt toʻxtash mumkin, buning hech qanday oqibati yoʻq.',
		'Этот опрос об услугах для пострадавших женщин: что есть и чего не хватает. Он не о конкретных людях или случаях. Имена не записываются. Можно не отвечать или остановиться в любой момент, и это ни на что не повлияет.',
		'These questions are about services for women who survived violence: what exists and what is missing. They are not about any person or case. No names are written down. You may skip a question or stop at any moment, and nothing follows from it.'
	]),
	note('use_of_answers', [
		'Javoblarni qator-qator faqat tahlilchilar koʻradi. Eʼlon qilinadigan jadvallarda oz sonli javoblar yashiriladi. Suhbat taxminan 35 daqiqa davom etadi. Uni boshqalar eshitmaydigan joyda oʻtkazing.',
		'Отдельные ответы видят только аналитики. В публикуемых таблицах малые числа скрыты. Беседа длится около 35 минут. Проводите её там, где никто не слышит.',
		'Only the analysts see single answers. Published tables hide small numbers. The interview takes about 35 minutes. Hold it where nobody else can hear.'
	]),
	ask('select_one yes_no', 'consent', ['Ishtirok etishga rozimisiz?', 'Вы согласны участвовать?', 'Do you agree to take part?'], {
		hint: ['Oʻqib bering va kuting. Sukut rozilik emas.', 'Прочитайте и подождите. Молчание не согласие.', 'Read aloud and wait. Silence is not consent.']
	}),
	may('select_one refusal', 'refusal_reason', ['Aytmoqchi boʻlsangiz, sababi nima?', 'Если хотите сказать: почему?', 'If you wish to say so: why?'], { relevant: "${consent} = 'no'" }),
	note('refusal_thanks', ['Rahmat. Suhbat shu yerda tugaydi; boshqa savol berilmaydi.', 'Спасибо. На этом беседа окончена, больше вопросов нет.', 'Thank you. The interview ends here; there are no more questions.'], { relevant: "${consent} = 'no'" }),
	ask('select_one yes_no', 'adult', ['Siz 18 yoshga toʻlganmisiz?', 'Вам исполнилось 18 лет?', 'Are you 18 or older?'], { relevant: "${consent} = 'yes'" }),
	note('minor_thanks', ['Rahmat. Bu soʻrov faqat kattalar uchun; suhbat shu yerda tugaydi.', 'Спасибо. Этот опрос только для взрослых, беседа окончена.', 'Thank you. These questions are for adults only; the interview ends here.'], { relevant: "${adult} = 'no'" }),
	...section('respondent', ['Siz haqingizda', 'О вас', 'About you'], [
		ask('select_one language', 'interview_language', ['Suhbat tili', 'Язык беседы', 'Language of the interview']),
		ask('select_one role', 'role', ['Vazifangiz', 'Ваша роль', 'Your role']),
		ask('select_one organisation', 'organisation_type', ['Tashkilot turi', 'Тип организации', 'Type of organisation'], {
			hint: ['Tashkilot nomini yozmang.', 'Название организации не пишите.', 'Do not write which one it is.']
		}),
		ask('select_one region', 'region', ['Hudud', 'Регион', 'Region']),
		ask('select_one settlement', 'settlement', ['Ish joyi', 'Где вы работаете', 'Where you work']),
		ask('integer', 'years_in_role', ['Shu sohada necha yil ishlaysiz?', 'Сколько лет вы работаете в этой сфере?', 'How many years have you worked in this field?'], {
			constraint: '. >= 0 and . <= 60',
			constraintMessage: ['0 dan 60 gacha boʻlgan son yozing.', 'Введите число от 0 до 60.', 'Write a number from 0 to 60.']
		}),
		may('select_one gender', 'respondent_gender', ['Jinsingiz', 'Ваш пол', 'Your gender']),
		ask('select_one yes_no', 'works_directly', ['Jabr koʻrgan ayollar bilan bevosita ishlaysizmi?', 'Вы работаете с пострадавшими напрямую?', 'Do you work with survivors directly?'])
	])
];
