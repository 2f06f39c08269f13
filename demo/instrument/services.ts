import { ask, may, section, type Row } from './row.ts';

const runsPlaces = "${role} = 'shelter' or ${role} = 'centre'";
const notNegative = {
	constraint: '. >= 0 and . <= 1000',
	constraintMessage: ['0 dan 1000 gacha boʻlgan son yozing.', 'Введите число от 0 до 1000.', 'Write a number from 0 to 1000.']
} as const;

/** What services there are, who can reach them, and how they pass people on to each other. */
export const services: readonly Row[] = [
	...section('availability', ['Xizmatlar va sigʻim', 'Услуги и вместимость', 'Services and capacity'], [
		ask('select_multiple sector', 'services_offered', ['Tashkilotingiz qanday yordam beradi?', 'Какую помощь оказывает ваша организация?', 'What help does your organisation give?']),
		ask('select_multiple sector', 'services_missing', ['Tumaningizda qaysi yordam yetishmaydi?', 'Какой помощи не хватает в вашем районе?', 'What help is missing in your district?']),
		ask('integer', 'places_total', ['Nechta oʻrin bor?', 'Сколько всего мест?', 'How many places are there?'], { relevant: runsPlaces, ...notNegative }),
		ask('integer', 'places_free', ['Bugun nechta oʻrin boʻsh?', 'Сколько мест свободно сегодня?', 'How many places are free today?'], {
			relevant: runsPlaces, constraint: '. >= 0 and . <= ${places_total}',
			constraintMessage: ['Boʻsh oʻrinlar jami oʻrinlardan koʻp boʻlmaydi.', 'Свободных мест не больше, чем всего.', 'There cannot be more free places than places.']
		}),
		{ type: 'calculate', name: 'occupancy', calculation: 'if(${places_total} > 0, round((${places_total} - ${places_free}) div ${places_total} * 100, 0), 0)', relevant: runsPlaces },
		ask('integer', 'turned_away', ['Oxirgi oyda joy yoʻqligidan nechta ayol qabul qilinmadi?', 'Сколько женщин за последний месяц не приняли из-за отсутствия мест?', 'How many women could not be admitted last month because there was no place?'], { relevant: runsPlaces, ...notNegative }),
		ask('select_one hours', 'intake_hours', ['Qachon murojaat qilish mumkin?', 'Когда можно обратиться?', 'When can people come?']),
		may('date', 'services_updated', ['Tumandagi xizmatlar roʻyxati qachon yangilangan?', 'Когда обновлялся список услуг района?', 'When was the list of services in the district last updated?'], {
			constraint: '. <= today()', constraintMessage: ['Sana kelajakda boʻlmaydi.', 'Дата не может быть в будущем.', 'The date cannot lie in the future.']
		})
	]),
	...section('access', ['Xizmatga yetib borish', 'Доступ и препятствия', 'Access and barriers'], [
		ask('select_multiple barrier', 'barriers', ['Ayollarning yordam soʻrashiga nima toʻsqinlik qiladi?', 'Что мешает женщинам обратиться за помощью?', 'What keeps women from asking for help?']),
		ask('select_one barrier', 'main_barrier', ['Ulardan eng kattasi qaysi?', 'Какое препятствие главное?', 'Which of them weighs most?'], {
			constraint: 'selected(${barriers}, .)',
			constraintMessage: ['Avvalgi savolda belgilanganlardan tanlang.', 'Выберите из отмеченных в предыдущем вопросе.', 'Choose one that you marked in the question before.']
		}),
		ask('decimal', 'distance_km', ['Eng yaqin xavfsiz joygacha necha kilometr?', 'Сколько километров до ближайшего безопасного места?', 'How many kilometres is it to the nearest safe place?'], {
			hint: ['Taxminan. Qayerda ekani aytilmaydi.', 'Примерно. Место не указывается.', 'Roughly. Do not say where it is.'],
			constraint: '. >= 0 and . <= 1500', constraintMessage: ['0 dan 1500 gacha boʻlgan son yozing.', 'Введите число от 0 до 1500.', 'Write a number from 0 to 1500.']
		}),
		ask('select_multiple document', 'documents_required', ['Qabul uchun qanday hujjat soʻraladi?', 'Какие документы требуют при приёме?', 'Which documents are asked for at admission?'], {
			constraint: "not(selected(., 'none') and count-selected(.) > 1)",
			constraintMessage: ['“Hech qanday” boshqa javob bilan birga tanlanmaydi.', '«Никаких» не сочетается с другими ответами.', '“None” cannot go together with another answer.']
		}),
		ask('select_one how_often', 'without_documents', ['Hujjatsiz ayol qabul qilinadimi?', 'Принимают ли женщину без документов?', 'Is a woman admitted without documents?']),
		ask('select_one yes_partly_no', 'disability_access', ['Nogironligi bor ayol kira oladimi va yordam ola oladimi?', 'Может ли женщина с инвалидностью войти и получить помощь?', 'Can a woman with a disability enter and be helped?']),
		ask('select_one children', 'children_admitted', ['Ayol bolalari bilan qabul qilinadimi?', 'Принимают ли женщину с детьми?', 'Is a woman admitted with her children?']),
		ask('integer', 'children_limit', ['Oʻgʻil bolalar necha yoshgacha qabul qilinadi?', 'До какого возраста принимают мальчиков?', 'Up to what age are boys admitted?'], {
			relevant: "${children_admitted} = 'limit'", constraint: '. >= 0 and . < 18',
			constraintMessage: ['0 dan 17 gacha boʻlgan son yozing.', 'Введите число от 0 до 17.', 'Write a number from 0 to 17.']
		})
	]),
	...section('referral', ['Yoʻnaltirish va hamkorlik', 'Перенаправление и координация', 'Referral and coordination'], [
		ask('select_one yes_partly_no', 'pathway_written', ['Tumanda yozma yoʻnaltirish tartibi bormi?', 'Есть ли в районе письменный порядок перенаправления?', 'Is there a written referral pathway in the district?']),
		ask('select_one meetings', 'meetings', ['Xizmatlar birgalikda yigʻilish oʻtkazadimi?', 'Собираются ли службы вместе?', 'Do the services meet with each other?']),
		ask('select_one how_often', 'consent_before', ['Yoʻnaltirishdan oldin ayolning roziligi olinadimi?', 'Спрашивают ли согласие женщины до перенаправления?', 'Is the woman asked for her consent before a referral?']),
		ask('integer', 'sectors_used', ['Oxirgi oyda nechta sohaga yoʻnaltirdingiz?', 'В сколько сфер вы направляли за последний месяц?', 'To how many sectors did you refer people last month?'], {
			constraint: '. >= 0 and . <= 7', constraintMessage: ['0 dan 7 gacha boʻlgan son yozing.', 'Введите число от 0 до 7.', 'Write a number from 0 to 7.']
		}),
		{ type: 'begin_repeat', name: 'referred_to', label: ['Yoʻnaltirilgan soha', 'Куда направляли', 'Referred to'], repeatCount: '${sectors_used}' },
		ask('select_one sector', 'referred_sector', ['Qaysi soha?', 'Какая сфера?', 'Which sector?']),
		ask('integer', 'referred_number', ['Necha marta?', 'Сколько раз?', 'How many times?'], {
			hint: ['Faqat son. Hech kim haqida maʼlumot yozilmaydi.', 'Только число, без сведений о людях.', 'Only the number, nothing about anyone.'], constraint: '. >= 1 and . <= 500',
			constraintMessage: ['1 dan 500 gacha boʻlgan son yozing.', 'Введите число от 1 до 500.', 'Write a number from 1 to 500.']
		}),
		ask('select_one wait', 'referred_wait', ['Odatda qancha kutiladi?', 'Сколько обычно ждут?', 'How long is the wait, usually?']),
		ask('select_one outcome', 'referred_outcome', ['Koʻpincha natija qanday boʻladi?', 'Каков чаще всего итог?', 'What is the outcome most often?']),
		ask('select_one reason', 'referred_reason', ['Rad etishning asosiy sababi', 'Главная причина отказа', 'Main reason for declining'], { relevant: "${referred_outcome} = 'declined'" }),
		{ type: 'end_repeat', name: 'referred_to' },
		{ type: 'calculate', name: 'referrals_total', calculation: 'sum(${referred_number})' }
	])
];
