/** The two made-up rounds: when they are open, and what people are told before they are asked. */
import { words } from '../words.ts';
import type { Round } from './types.ts';

const consent = words(
	'Suhbatdan oldin varaq oʻqib beriladi: soʻrov xizmatlar haqida, ism yozilmaydi, javoblar jamlanib eʼlon qilinadi. Rozilik soʻz bilan aytiladi va formada belgilanadi; sukut rozilik emas.',
	'Перед беседой зачитывают листок: опрос об услугах, имена не записывают, публикуют только сводные ответы. Согласие говорят словами и отмечают в форме; молчание не согласие.',
	'Sáwbetten aldın bet oqıp beriledi: soraw xızmetler haqqında, at jazılmaydı, juwaplar jıynalıp járiyalanadı. Razılıq sóz benen aytıladı hám formada belgilenedi; únsizlik razılıq emes.',
	'A sheet is read aloud before the interview: the questions are about services, no names are written down, answers are published only together. Consent is spoken and marked in the form; silence is not consent.'
);
const refusal = words(
	'Istalgan savolga javob bermaslik va istalgan payt toʻxtash mumkin. Buning oqibati yoʻq, sababi soʻralmaydi.',
	'Можно не отвечать на любой вопрос и остановиться в любой момент. Последствий нет, причину не спрашивают.',
	'Qálegen sorawǵa juwap bermew hám qálegen waqıtta toqtatıw múmkin. Buniń aqıbeti joq, sebebi soralmaydı.',
	'Any question may be skipped and the interview stopped at any moment. Nothing follows from it and no reason is asked.'
);
const minors = words(
	'18 yoshga toʻlmaganlardan soʻralmaydi. Forma yoshni soʻraydi va suhbatni tugatadi.',
	'Людей младше 18 лет не опрашивают. Форма спрашивает об этом и завершает беседу.',
	'18 jasqa tolmaǵanlardan soralmaydı. Forma jastı soraydı hám sáwbetti tamamlaydı.',
	'Nobody under 18 is asked. The form asks about it and ends the interview.'
);
const distress = words(
	'Suhbatdosh qiynalsa, suhbat toʻxtatiladi; yordam xizmatlari varaqasi har kimga beriladi. Intervyuchi shu kuni guruh rahbari bilan gaplashadi.',
	'Если собеседнику тяжело, беседу прекращают; листок служб помощи дают каждому. Интервьюер в тот же день говорит с руководителем группы.',
	'Sáwbetlesiwshi qıynalsa, sáwbet toqtatıladı; járdem xızmetleri beti hár kimge beriledi. Intervyu alıwshı sol kúni topar basshısı menen sóylesedi.',
	'If somebody finds it hard, the interview stops; the sheet of support services is given to everyone. The interviewer speaks with the team leader the same day.'
);

/** The first round is closed; the second is still open, and its figures were counted on a day before. */
export const rounds: Readonly<Record<'baseline' | 'repeat', Round>> = {
	baseline: {
		opens: -150, closes: -115, counted: -114, closed: true, consent, refusal, minors, distress,
		name: words('Namoyish: boshlangʻich tahlil', 'Демонстрация: исходный анализ', 'Kórsetpe: baslanǵısh analiz', 'Demonstration: baseline')
	},
	repeat: {
		opens: -95, closes: 30, counted: -71, closed: false, consent, refusal, minors, distress,
		name: words('Namoyish: takroriy soʻrov', 'Демонстрация: повторный опрос', 'Kórsetpe: qayta soraw', 'Demonstration: repeat')
	}
};
