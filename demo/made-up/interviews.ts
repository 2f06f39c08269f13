/** Six made-up interviews, held with nobody, and what two coders marked in them. Struck passages stand as in a real one. */
import { words, type FiveLanguages } from '../words.ts';
import type { Day, Region } from './types.ts';

export type MadeUpCode = { key: string; parent: string | null; colour: number; name: FiveLanguages; definition: FiveLanguages };

/** A code and the words under it. */
export type Mark = readonly [code: string, words: string];

export type MadeUpInterview = {
	key: string;
	day: Day;
	region: Region;
	kind: 'interview' | 'focus_group';
	type: 'cso_shelter' | 'state_rehabilitation_centre' | 'local_authority' | 'makhalla_committee' | 'women_led_cso';
	language: 'uz' | 'uz-Cyrl' | 'ru';
	consent: 'analysis' | 'anonymous' | 'role';
	text: string;
	/** What each of the two coders marked. */
	first: readonly Mark[];
	second: readonly Mark[];
	agreed: boolean;
};

const code = (key: string, parent: string | null, colour: number, name: FiveLanguages, definition: FiveLanguages): MadeUpCode => ({ key, parent, colour, name, definition });

export const codes: readonly MadeUpCode[] = [
	code('access', null, 0, words('Yetib borish', 'Доступность', 'Jetip barıw', 'Access'), words('Xizmatga yetib borishga nima yordam beradi yoki toʻsqinlik qiladi.', 'Что помогает или мешает добраться до помощи.', 'Xızmetke jetip barıwǵa ne járdem beredi yamasa tosqınlıq etedi.', 'What helps or hinders reaching a service.')),
	code('hours', 'access', 1, words('Ish vaqti', 'Часы работы', 'Jumıs waqtı', 'Opening hours'), words('Qachon murojaat qilish mumkin yoki mumkin emas.', 'Когда можно или нельзя обратиться.', 'Qashan múrájat etiw múmkin yamasa múmkin emes.', 'When one can come and when not.')),
	code('distance', 'access', 6, words('Yoʻl va masofa', 'Дорога и расстояние', 'Jol hám aralıq', 'Way and distance'), words('Qancha uzoq, nima bilan boriladi, puli bormi.', 'Далеко ли, на чём ехать, есть ли деньги.', 'Qansha uzaq, ne menen barıladı, pulı bar ma.', 'How far, by what means, at what cost.')),
	code('privacy', null, 2, words('Maxfiylik', 'Конфиденциальность', 'Qupıyalıq', 'Confidentiality'), words('Suhbat boshqalar eshitmaydigan joyda oʻtadimi, gap tarqaladimi.', 'Говорят ли без посторонних, расходятся ли слухи.', 'Sáwbet basqalar esitpeytuǵın jerde óte me, gáp tarala ma.', 'Whether one speaks without others hearing, and whether word gets round.')),
	code('attitude', null, 4, words('Munosabat', 'Отношение', 'Qatnas', 'Attitudes'), words('Xodim va atrofdagilar unga qanday munosabatda.', 'Как к ней относятся сотрудники и окружающие.', 'Xızmetker hám átiraptaǵılar oǵan qanday qatnasta.', 'How staff and those around treat her.')),
	code('endure', 'attitude', 8, words('“Chida” deyish', '«Терпи»', '“Shıda” dew', 'Told to endure'), words('Chidashga, yarashishga undash.', 'Уговоры терпеть или помириться.', 'Shıdawǵa, jarasıwǵa shaqırıw.', 'Being urged to endure or to reconcile.')),
	code('listened', 'attitude', 3, words('Tinglash', 'Выслушали', 'Tıńlaw', 'Being listened to'), words('Gapini boʻlmasdan, ayblamasdan eshitish.', 'Выслушали, не перебивая и не обвиняя.', 'Gápin bólmey, ayıplamay esitiw.', 'Heard out without interruption or blame.')),
	code('coordination', null, 9, words('Hamkorlik', 'Взаимодействие', 'Birge islesiw', 'Coordination'), words('Idoralar bir-biriga qanday uzatadi va xabar beradi.', 'Как службы передают друг другу и сообщают.', 'Mekemeler bir-birine qanday tapsıradı hám xabar beredi.', 'How services hand over to and inform each other.')),
	code('followup', 'coordination', 11, words('Keyingi xabar', 'Что было потом', 'Keyingi xabar', 'Follow-up'), words('Yoʻnaltirilgandan keyin nima boʻlgani bilinadimi.', 'Узнают ли, что стало после перенаправления.', 'Jiberilgennen keyin ne bolǵanı biline me.', 'Whether anybody learns what came of a referral.'))
];

export const interviews: readonly MadeUpInterview[] = [
	{
		key: 'shelter-jizzakh', day: -112, region: 'UZ-JI', kind: 'interview', type: 'cso_shelter', language: 'uz', consent: 'role', agreed: true,
		text: `Namoyish uchun oʻylab chiqarilgan suhbat.

Savol: Odamlar sizga qachon keladi?
Javob: Koʻpincha kechqurun. Kechasi kelishsa, eshik yopiq boʻladi, qoʻngʻiroqqa navbatchi javob beradi. Tumandan kelish uchun avtobus kuniga bir marta qatnaydi, taksiga esa puli yoʻq.

Savol: Birinchi suhbat qayerda oʻtadi?
Javob: Alohida xona bor, eshigini yopamiz. Avval uning gapini boʻlmasdan eshitamiz, keyin savol beramiz. [ism 1] opa kelganida ikki soat gapirgan.

Savol: Keyin nima boʻladi?
Javob: Huquqshunosga telefon qilamiz. Boshqa idoraga yuborsak, keyin nima boʻlganini koʻpincha bilmay qolamiz.`,
		first: [['hours', 'Kechasi kelishsa, eshik yopiq boʻladi, qoʻngʻiroqqa navbatchi javob beradi.'], ['distance', 'Tumandan kelish uchun avtobus kuniga bir marta qatnaydi, taksiga esa puli yoʻq.'], ['privacy', 'Alohida xona bor, eshigini yopamiz.'], ['listened', 'Avval uning gapini boʻlmasdan eshitamiz, keyin savol beramiz.'], ['followup', 'Boshqa idoraga yuborsak, keyin nima boʻlganini koʻpincha bilmay qolamiz.']],
		second: [['hours', 'Kechasi kelishsa, eshik yopiq boʻladi'], ['distance', 'Tumandan kelish uchun avtobus kuniga bir marta qatnaydi, taksiga esa puli yoʻq.'], ['privacy', 'Alohida xona bor, eshigini yopamiz.'], ['listened', 'Avval uning gapini boʻlmasdan eshitamiz'], ['coordination', 'Huquqshunosga telefon qilamiz.'], ['followup', 'Boshqa idoraga yuborsak, keyin nima boʻlganini koʻpincha bilmay qolamiz.']]
	},
	{
		key: 'makhalla-namangan', day: -110, region: 'UZ-NG', kind: 'focus_group', type: 'makhalla_committee', language: 'uz', consent: 'anonymous', agreed: true,
		text: `Namoyish uchun oʻylab chiqarilgan fokus-guruh.

Moderator: Mahallaga kelgan ayolga birinchi boʻlib nima deyiladi?
Ishtirokchi 1: Rostini aytsam, “bolalar uchun chida” deymiz. Ilgari hamma shunday qilgan.
Ishtirokchi 2: Treningdan keyin men avval tinglaydigan boʻldim. Lekin idorada hamma oʻtiradi, gap tez tarqaladi.
Ishtirokchi 3: Markaz shaharda, [joy]dan u yerga bir kunlik yoʻl.

Moderator: Kimga yuborasiz?
Ishtirokchi 2: Telefon raqamlari varagʻi bor. Qoʻngʻiroq qilsak, olishadi, ammo bizga qayta xabar berishmaydi.`,
		first: [['endure', 'Rostini aytsam, “bolalar uchun chida” deymiz. Ilgari hamma shunday qilgan.'], ['listened', 'Treningdan keyin men avval tinglaydigan boʻldim.'], ['privacy', 'Lekin idorada hamma oʻtiradi, gap tez tarqaladi.'], ['distance', 'Markaz shaharda, [joy]dan u yerga bir kunlik yoʻl.'], ['followup', 'bizga qayta xabar berishmaydi']],
		second: [['endure', '“bolalar uchun chida” deymiz'], ['listened', 'Treningdan keyin men avval tinglaydigan boʻldim.'], ['privacy', 'Lekin idorada hamma oʻtiradi, gap tez tarqaladi.'], ['distance', 'Markaz shaharda, [joy]dan u yerga bir kunlik yoʻl.'], ['coordination', 'Telefon raqamlari varagʻi bor. Qoʻngʻiroq qilsak, olishadi'], ['followup', 'ammo bizga qayta xabar berishmaydi']]
	},
	{
		key: 'centre-samarkand', day: -108, region: 'UZ-SA', kind: 'interview', type: 'state_rehabilitation_centre', language: 'ru', consent: 'role', agreed: true,
		text: `Интервью вымышлено для демонстрации.

Вопрос: Когда к вам можно прийти?
Ответ: С девяти до шести, в выходные только по звонку. Если женщина приезжает ночью, её отправляют домой до утра.

Вопрос: Где вы говорите с ней?
Ответ: Отдельной комнаты нет, разговариваем в кабинете, где сидят ещё двое. Многие при них молчат.

Вопрос: Что говорят родственники?
Ответ: Просят нас помирить. Раньше мы так и делали, теперь сначала спрашиваем её саму.

Вопрос: А с другими службами?
Ответ: С милицией есть чат, с приютом созваниваемся. Письменного порядка нет, всё держится на том, кто кого знает.`,
		first: [['hours', 'С девяти до шести, в выходные только по звонку. Если женщина приезжает ночью, её отправляют домой до утра.'], ['privacy', 'Отдельной комнаты нет, разговариваем в кабинете, где сидят ещё двое. Многие при них молчат.'], ['endure', 'Просят нас помирить. Раньше мы так и делали'], ['listened', 'теперь сначала спрашиваем её саму'], ['coordination', 'Письменного порядка нет, всё держится на том, кто кого знает.']],
		second: [['hours', 'Если женщина приезжает ночью, её отправляют домой до утра.'], ['privacy', 'Отдельной комнаты нет, разговариваем в кабинете, где сидят ещё двое.'], ['endure', 'Просят нас помирить.'], ['listened', 'теперь сначала спрашиваем её саму'], ['coordination', 'С милицией есть чат, с приютом созваниваемся. Письменного порядка нет, всё держится на том, кто кого знает.']]
	},
	{
		key: 'authority-jizzakh', day: -106, region: 'UZ-JI', kind: 'interview', type: 'local_authority', language: 'uz-Cyrl', consent: 'analysis', agreed: false,
		text: `Намойиш учун ўйлаб чиқарилган суҳбат.

Савол: Ҳокимликка мурожаат қилишса, кимга юборасиз?
Жавоб: Маҳаллага қайтарамиз, чунки бошқа тартиб йўқ. Йўналтириш тартиби ёзилмаган, ҳар ким ўзи билганча қилади.

Савол: Бошпана билан алоқа борми?
Жавоб: Бор, лекин иш вақтида. Кечқурун ҳеч ким кўтармайди. Машина берсак бўларди, тумандан олиб келишга.

Савол: Ходимлар қандай кутиб олади?
Жавоб: Ҳар хил. Баъзилар ҳали ҳам “оилангга қайт” дейди.`,
		first: [['coordination', 'Йўналтириш тартиби ёзилмаган, ҳар ким ўзи билганча қилади.'], ['hours', 'Бор, лекин иш вақтида. Кечқурун ҳеч ким кўтармайди.'], ['distance', 'Машина берсак бўларди, тумандан олиб келишга.'], ['endure', 'Баъзилар ҳали ҳам “оилангга қайт” дейди.']],
		second: [['coordination', 'Маҳаллага қайтарамиз, чунки бошқа тартиб йўқ. Йўналтириш тартиби ёзилмаган, ҳар ким ўзи билганча қилади.'], ['hours', 'Кечқурун ҳеч ким кўтармайди.'], ['endure', 'Баъзилар ҳали ҳам “оилангга қайт” дейди.'], ['attitude', 'Ҳар хил.']]
	},
	{
		key: 'women-samarkand', day: -104, region: 'UZ-SA', kind: 'focus_group', type: 'women_led_cso', language: 'ru', consent: 'anonymous', agreed: false,
		text: `Фокус-группа вымышлена для демонстрации.

Модератор: Что мешает прийти за помощью?
Участница 1: Дорога. Из [место] автобус утром, а обратно уже нет, ночевать негде.
Участница 2: Слухи. Зайдёшь в махаллинский комитет, к вечеру знает вся улица.
Участница 3: И слова «терпи, у тебя дети». После этого второй раз не приходят.

Модератор: Что помогло?
Участница 2: Что меня выслушали и не спросили, в чём я виновата.
Участница 1: Психолог потом позвонила сама, через неделю.`,
		first: [['distance', 'Из [место] автобус утром, а обратно уже нет, ночевать негде.'], ['privacy', 'Слухи. Зайдёшь в махаллинский комитет, к вечеру знает вся улица.'], ['endure', 'И слова «терпи, у тебя дети». После этого второй раз не приходят.'], ['listened', 'Что меня выслушали и не спросили, в чём я виновата.'], ['followup', 'Психолог потом позвонила сама, через неделю.']],
		second: [['distance', 'Дорога. Из [место] автобус утром, а обратно уже нет, ночевать негде.'], ['privacy', 'Зайдёшь в махаллинский комитет, к вечеру знает вся улица.'], ['endure', 'И слова «терпи, у тебя дети».'], ['listened', 'Что меня выслушали и не спросили, в чём я виновата.'], ['followup', 'Психолог потом позвонила сама, через неделю.']]
	},
	{
		key: 'shelter-namangan', day: -102, region: 'UZ-NG', kind: 'interview', type: 'cso_shelter', language: 'uz', consent: 'anonymous', agreed: false,
		text: `Namoyish uchun oʻylab chiqarilgan suhbat.

Savol: Eng qiyini nima?
Javob: Joy kam. Toʻlib qolsa, kutishga majbur. Yoʻl puli ham muammo: qaytishga puli boʻlmagani uchun kelmay qoʻyganlar bor.

Savol: Uni qanday kutib olasiz?
Javob: Choy beramiz, shoshirmaymiz. Hujjatini soʻramaymiz. [ism 1] bilan [ism 2] navbatchi, ular tinglashni biladi.

Savol: Boshqa xizmatlar bilan-chi?
Javob: Oyda bir yigʻilamiz, koʻzga koʻrinadigan ish shu. Shifoxonadan xabar kelmaydi, biz oʻzimiz soʻraymiz.`,
		first: [['access', 'Joy kam. Toʻlib qolsa, kutishga majbur.'], ['distance', 'Yoʻl puli ham muammo: qaytishga puli boʻlmagani uchun kelmay qoʻyganlar bor.'], ['listened', 'ular tinglashni biladi'], ['coordination', 'Oyda bir yigʻilamiz, koʻzga koʻrinadigan ish shu.'], ['followup', 'Shifoxonadan xabar kelmaydi, biz oʻzimiz soʻraymiz.']],
		second: [['access', 'Joy kam. Toʻlib qolsa, kutishga majbur.'], ['distance', 'qaytishga puli boʻlmagani uchun kelmay qoʻyganlar bor'], ['listened', 'Choy beramiz, shoshirmaymiz. Hujjatini soʻramaymiz.'], ['coordination', 'Oyda bir yigʻilamiz, koʻzga koʻrinadigan ish shu.'], ['followup', 'Shifoxonadan xabar kelmaydi']]
	}
];

/** The one quotation that is made of a coded passage. */
export const quoted = { day: -19, interview: 'shelter-jizzakh', code: 'followup', spokenBy: words('Boshpana xodimi', 'Сотрудница приюта', 'Panajay xızmetkeri', 'Shelter worker') };
