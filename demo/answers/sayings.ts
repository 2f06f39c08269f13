/** Invented answers to the two open questions: about services, never about a person, a place or a case. */
export const goodPractices: readonly string[] = [
	'Navbatchi bir varaqlik tartibga qarab ishlaydi.',
	'Har oy birga yigʻilamiz va kechikkan yoʻnaltirishlarni koʻramiz.',
	'Avval tinglaymiz, keyin soʻraymiz.',
	'Мы вместе с врачом составили короткий список телефонов служб.',
	'Есть отдельная комната, и дверь закрывается.',
	'Bolalar uchun oʻyin burchagi bor.'
];

export const suggestions: readonly string[] = [
	'Tunda ham qabul qiladigan xodim kerak.',
	'Hujjatsiz qabul qilish tartibini yozib qoʻyish kerak.',
	'Psixolog haftada bir kun boʻlsa ham qishloqqa kelsin.',
	'Нужна отдельная строка в бюджете, чтобы не зависеть от одного гранта.',
	'Пусть службы встречаются каждый месяц.',
	'Xodimlarning oʻziga ham ruhiy yordam kerak.',
	'Yoʻl haqi uchun kichik mablagʻ ajratilsin.'
];
