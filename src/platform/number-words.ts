/** Words for numbers up to the hundreds as they are spoken, by language. */
const uz: Readonly<Record<string, number>> = {
	nol: 0, bir: 1, ikki: 2, uch: 3, toʻrt: 4, besh: 5, olti: 6, yetti: 7, sakkiz: 8, toʻqqiz: 9, oʻn: 10, yigirma: 20, oʻttiz: 30,
	qirq: 40, ellik: 50, oltmish: 60, yetmish: 70, sakson: 80, toʻqson: 90, yuz: 100
};
const uzCyrl: Readonly<Record<string, number>> = {
	нол: 0, бир: 1, икки: 2, уч: 3, тўрт: 4, беш: 5, олти: 6, етти: 7, саккиз: 8, тўққиз: 9, ўн: 10, йигирма: 20, ўттиз: 30, қирқ: 40,
	эллик: 50, олтмиш: 60, етмиш: 70, саксон: 80, тўқсон: 90, юз: 100
};
const kaa: Readonly<Record<string, number>> = {
	nól: 0, eki: 2, úsh: 3, tórt: 4, bes: 5, altı: 6, jeti: 7, segiz: 8, toǵız: 9, on: 10, jigirma: 20, otız: 30, qırq: 40, eliw: 50,
	alpıs: 60, jetpis: 70, seksen: 80, toqsan: 90, júz: 100
};
const ru: Readonly<Record<string, number>> = {
	ноль: 0, один: 1, два: 2, три: 3, четыре: 4, пять: 5, шесть: 6, семь: 7, восемь: 8, девять: 9, десять: 10, одиннадцать: 11,
	двенадцать: 12, тринадцать: 13, четырнадцать: 14, пятнадцать: 15, шестнадцать: 16, семнадцать: 17, восемнадцать: 18,
	девятнадцать: 19, двадцать: 20, тридцать: 30, сорок: 40, пятьдесят: 50, шестьдесят: 60, семьдесят: 70, восемьдесят: 80,
	девяносто: 90, сто: 100, двести: 200, триста: 300, четыреста: 400, пятьсот: 500, шестьсот: 600, семьсот: 700, восемьсот: 800,
	девятьсот: 900
};
const en: Readonly<Record<string, number>> = {
	zero: 0, oh: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
	thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40,
	fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100
};

/**
 * Number words of the programme's languages, in their base form and as they are spelled, with what they are worth. Masking looks
 * for telephones dictated in them, briefings for numbers about people; who wants more (endings, thousands) adds to this.
 */
export const numberWords = { uz, 'uz-Cyrl': uzCyrl, kaa, ru, en } as const;
