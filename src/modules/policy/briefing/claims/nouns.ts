import { isUzbekTail } from '#modules/assessment/coding/masking/words.ts';
import { fold } from '#platform/search-fold.ts';
import type { Token } from './tokens.ts';

type Read = Pick<Token, 'kind' | 'low' | 'key'>;
const nothing: Read = { kind: 'sign', low: '', key: '' };

/** Languages that count alike: Uzbek in both scripts and Karakalpak; Russian; English. */
export type Tongue = 'turkic' | 'russian' | 'english';

const listed = (words: string): string[] => words.trim().split(/\s+/);

/** Who is counted: nouns of Uzbek and Karakalpak, without endings. `nafar` counts people alone. */
const turkicPeople = [...new Set(listed(`nafar kishi odam inson shaxs fuqaro ayol xotin juvon qiz erkak bola ona ota oʻsmir kelin jabrlanuvchi jabrlangan jabrdiyda respondent
	ishtirokchi soʻralgan suhbatdosh oila xonadon oʻquvchi talaba murojaatchi murojaat mijoz qochqin migrant nogiron
	hayal erkek adam insan puqara bala ana jábirleniwshi jábirlengen qatnasıwshı soralǵan shańaraq kisi múrájat oqıwshı`).map(fold))].sort((a, b) => b.length - a.length);

const russianPeople = /^(?:женщин(?:а|ы|е|у|ой|ам|ами|ах)?|девоч(?:ек|к(?:а|и|е|у|ой|ам|ами|ах))|девуш(?:ек|к(?:а|и|е|у|ой|ам|ами|ах))|мужчин(?:а|ы|е|у|ой|ам|ами|ах)?|человека?м?и?|люд(?:ей|и|ям|ьми|ях)|лиц|пострадавш\p{L}+|потерпевш\p{L}+|переживш\p{L}+|выживш\p{L}+|опрошенн\p{L}+|обративш\p{L}+|респондент\p{L}*|участни[цк]\p{L}*|подрост\p{L}+|дет(?:ей|и|ям|ьми|ях)|ребен\p{L}+|матер(?:ей|и|ям|ями|ях)|сем(?:ей|ьи|ья|ье|ью|ьям|ьями|ьях)|домохозяйств\p{L}*|жительниц\p{L}*|граждан\p{L}*|клиент\p{L}*|заявительниц\p{L}*|обращени[йяею]\p{L}*)$/u;

/** Of English only plurals are counted by more than one; "3 family centres" counts no families. */
const englishPeople = new Set(listed(`women girls men people persons individuals survivors victims respondents participants interviewees families households children
	adolescents teenagers mothers wives boys adults residents citizens clients patients students referrals`));
const englishPerson = new Set(listed('woman girl man person survivor victim respondent participant family household child adolescent mother wife boy client'));

/** A noun that names people. */
export type People = {
	readonly tongue: Tongue;
	/** "ayollar", as against "ayol". */
	readonly plural: boolean;
	/** "of the women": the people are what a part is taken of. */
	readonly whole: boolean;
};

const ofThem = /(?:ning|nin|din|tin|nan|nen|dan|den|tan|ten)$/;

/** Whether a word names people, and how. */
export function peopleIn({ kind, low, key }: Read | undefined = nothing): People | null {
	if (kind !== 'word') return null;
	if (englishPeople.has(low) || englishPerson.has(low)) return { tongue: 'english', plural: englishPeople.has(low), whole: false };
	if (russianPeople.test(low)) return { tongue: 'russian', plural: true, whole: false };
	if (low === 'она' || low === 'оны') return null;
	const stem = turkicPeople.find((each) => key.startsWith(each) && isUzbekTail(key.slice(each.length)));
	if (stem === undefined) return null;
	const tail = key.slice(stem.length);
	return { tongue: 'turkic', plural: /^(?:lar|ler)/.test(tail), whole: ofThem.test(tail) };
}
const turkicUnits = new Set(listed(`yil oy kun soat hafta minut daqiqa soniya yosh asr sutka soʻm tiyin dollar yevro evro rubl km metr gektar foiz marta barobar baravar marotaba
	bosqich bob band modda har jıl ay kún saat hápte jas teńge ese mártebe payız yanvar fevral mart aprel may iyun iyul avgust sentyabr sentabr oktyabr oktabr noyabr dekabr`).map(fold));
const russianUnits = /^(?:год\p{L}{0,3}|лет|летн\p{L}+|месяц\p{L}*|час(?:а|ов|у|ам)?|минут\p{L}?|недел\p{L}+|день|дня|дней|дням|сум(?:а|ов)?|доллар\p{L}*|евро|рубл\p{L}+|раза?|этап\p{L}*|балл\p{L}*|процент\p{L}*|январ\p{L}|феврал\p{L}|марта?|апрел\p{L}|мая|июн\p{L}|июл\p{L}|августа?|сентябр\p{L}|октябр\p{L}|ноябр\p{L}|декабр\p{L})$/u;
const englishUnits = /^(?:years?|months?|weeks?|days?|hours?|minutes?|dollars?|euros?|usd|eur|uzs|soums?|sum|percent|times?|stages?|phases?|points?|january|february|march|april|may|june|july|august|september|october|november|december)$/;

const endedBy = (stems: ReadonlySet<string>, key: string): boolean => {
	for (let at = key.length; at > 1; at--) if (stems.has(key.slice(0, at)) && isUzbekTail(key.slice(at))) return true;
	return false;
};

/** Whether a word says of a number that it counts no people but time, money, measure, a step, times over. */
export const isUnit = ({ kind, low, key }: Read | undefined = nothing): boolean =>
	kind === 'word' && (russianUnits.test(low) || englishUnits.test(low) || endedBy(turkicUnits, key) || key.startsWith('yoshli') || key.startsWith('jasli'));

const turkicLabels = new Set(listed('modda band bob qaror qonun farmon rezolyutsiya bosqich ilova jadval rasm sahifa bet xona telefon raqam maqsad bólim statya').map(fold));
const russianLabels = /^(?:стать[яеию]|статей|ст|пункт\p{L}*|п|раздел\p{L}*|глав\p{L}|закон\p{L}*|указ\p{L}*|постановлени\p{L}|резолюци\p{L}|приказ\p{L}*|этап\p{L}*|приложени\p{L}|таблиц\p{L}|рис\p{L}*|страниц\p{L}|стр|кабинет\p{L}*|телефон\p{L}*|тел|номер\p{L}*|цел[ьи]|шаг\p{L}?|модул\p{L}+|цур)$/u;
const englishLabels = /^(?:articles?|sections?|chapters?|paragraphs?|resolutions?|law|decrees?|orders?|steps?|stages?|phases?|annex|tables?|pages?|rooms?|phone|tel|number|no|modules?|part|goals?|sdg|rounds?|figure)$/;

/** Whether a number behind this word is a name: of a paragraph, a law, a step, a room. */
export const isLabel = ({ kind, low, key }: Read | undefined = nothing): boolean =>
	kind === 'word' && (russianLabels.test(low) || englishLabels.test(low) || endedBy(turkicLabels, key));

const turkicQuality = /(?:gan|kan|li|siz|dagi|degi|tagi|viy|yotgan|digan)$/;
const turkicQualities = new Set(listed('yosh jas katta kichik yangi homilador qishloq shahar nikohdagi yosh ham jami tañ').map(fold));
const russianQuality = /(?:ых|их|ые|ие|ая|яя|ой|ей|ый|ий|ого|его|ую|ими|ыми|шихся|щихся|вшаяся)$/u;
const englishBlocks = new Set(listed('for in on at with by to from but that which who the a an is are was were have has had help helps support train said say of as than not no this its their our'));

/** Whether a word may stand between a number and the people that it counts. @param last it stands right before them */
export function maySeparate(token: Token, tongue: Tongue, last: boolean): boolean {
	if (token.kind !== 'word' || isUnit(token)) return false;
	if (tongue === 'russian') return russianQuality.test(token.low) || token.low === 'из';
	if (tongue === 'english') return !englishBlocks.has(token.low) && !/[^s]s$/.test(token.low);
	return !last || turkicQuality.test(token.key) || turkicQualities.has(token.key);
}
