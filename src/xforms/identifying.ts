import { IDENTIFYING_WORDS, THING_WORDS } from './identifyingWords.ts';
import { questionsOf, type AnswerType, type Instrument, type InstrumentQuestion } from './instrument.ts';

/** Why a question may identify a person. */
export const IDENTIFYING_REASONS = [
	'person-name', 'phone', 'address', 'email', 'identity-document', 'birth-date', 'exact-location', 'picture', 'voice',
	'video', 'file', 'device', 'free-text'
] as const;

export type IdentifyingReason = (typeof IDENTIFYING_REASONS)[number];

export type IdentifyingQuestion = {
	readonly name: string;
	readonly xpath: string;
	readonly row: number | null;
	readonly labels: Readonly<Record<string, string>>;
	/** Every reason that applies, the strongest first. */
	readonly reasons: readonly IdentifyingReason[];
	/**
	 * `asks`: the question asks for it. `may`: an open answer in which people may write it.
	 */
	readonly certainty: 'asks' | 'may';
};

/** Types that identify by what they are. */
const BY_TYPE: Partial<Record<AnswerType, IdentifyingReason>> = {
	geopoint: 'exact-location',
	geotrace: 'exact-location',
	geoshape: 'exact-location',
	image: 'picture',
	audio: 'voice',
	video: 'video',
	file: 'file'
};

/** Types into which anything can be typed, so that the words of the question matter. */
const TYPED = new Set<AnswerType>(['text', 'integer', 'decimal', 'barcode', 'date']);

const BIRTH_TYPES = new Set<AnswerType>(['text', 'date']);

/** Metadata that tells who collected, not when. */
const DEVICE = /^(?:uri:)?(?:deviceid|imei|phonenumber|simserial|subscriberid|username|email)$/;

/**
 * Points out the questions of an instrument that may identify a person: by their type, and by words in their name,
 * label or hint (Uzbek in both scripts, Russian, Karakalpak, English). It errs towards pointing out: it is a help
 * for the person who decides, not a decision. What it does not find is not thereby harmless.
 */
export function identifyingQuestions(instrument: Instrument): IdentifyingQuestion[] {
	return [...questionsOf(instrument.questions)].flatMap((question) => {
		const reasons = reasonsOf(question);
		if (reasons.length === 0) return [];
		const { name, xpath, row, labels } = question;
		return [{ name, xpath, row, labels, reasons, certainty: reasons[0] === 'free-text' ? ('may' as const) : ('asks' as const) }];
	});
}

function reasonsOf(question: InstrumentQuestion): IdentifyingReason[] {
	const byType = BY_TYPE[question.type];
	if (byType !== undefined) return [byType];
	if (question.type === 'metadata') return DEVICE.test(question.name.toLowerCase()) ? ['device'] : [];
	if (!TYPED.has(question.type) || question.readOnly === 'true()') return [];
	const reasons = reasonsInWords([spaced(question.name), ...Object.values(question.labels), ...Object.values(question.hints)]).filter((reason) => reason !== 'birth-date' || BIRTH_TYPES.has(question.type));
	return question.type === 'text' ? [...reasons, 'free-text'] : reasons;
}

const spaced = (name: string): string => name.replace(/[_.-]+/g, ' ');

function reasonsInWords(words: readonly string[]): IdentifyingReason[] {
	const texts = words.map(fold);
	return IDENTIFYING_WORDS.filter(([reason, said]) => texts.some((text) => said.test(text) && !(reason === 'person-name' && THING_WORDS.test(text)))).map(([reason]) => reason);
}

/** Why a column of this name may identify a person, as for questions: by its words alone. */
export const reasonsInName = (name: string): IdentifyingReason[] => reasonsInWords([spaced(name)]);

/** One spelling for comparison: small letters, and oʻ, o‘, o' alike. */
function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/[\u02bb\u02bc\u2018\u2019\u0060\u00b4']/g, '').replace(/\s+/g, ' ');
}
