import type { AnswerType, Instrument, InstrumentNode } from './instrument.ts';

/** An element that a submission may contain. */
type Known = {
	/** For each level below the root: may elements there occur several times? */
	readonly repeats: readonly boolean[];
	/** False for metadata and for groups (which are leaves only when empty). */
	readonly isAnswer: boolean;
	readonly isFile: boolean;
};

/** What submissions of an instrument look like; make it once a version and keep it. */
export type SubmissionShape = {
	readonly root: string;
	readonly formId: string;
	readonly version: string;
	readonly elements: ReadonlyMap<string, Known>;
};

const FILES = new Set<AnswerType>(['image', 'audio', 'video', 'file']);

/** Metadata that any client may add (OpenRosa metadata specification). */
const OPENROSA = ['instanceID', 'deprecatedID', 'instanceName', 'timeStart', 'timeEnd', 'userID', 'deviceID', 'audit'];

export function submissionShape(instrument: Instrument): SubmissionShape {
	const elements = new Map<string, Known>();
	const add = (nodes: readonly InstrumentNode[], repeats: readonly boolean[]): void => {
		for (const node of nodes) {
			const here = [...repeats, node.kind === 'repeat'];
			const isFile = node.kind === 'question' && FILES.has(node.type);
			elements.set(node.xpath, { repeats: here, isAnswer: node.kind === 'question', isFile });
			if (node.kind !== 'question') add(node.children, here);
		}
	};
	add(instrument.questions, []);
	const meta = `/${instrument.root}/meta`;
	for (const path of [meta, ...OPENROSA.map((name) => `${meta}/${name}`), ...instrument.metadata]) {
		if (elements.has(path)) continue;
		elements.set(path, { repeats: repeatsAlong(path, elements), isAnswer: false, isFile: path === `${meta}/audit` });
	}
	return { root: instrument.root, formId: instrument.formId, version: instrument.version ?? '', elements };
}

/** Metadata may stand inside a repeat (entities); its levels repeat as those of the answers beside it. */
function repeatsAlong(path: string, elements: ReadonlyMap<string, Known>): boolean[] {
	const names = path.split('/').slice(2);
	const root = path.split('/').slice(0, 2).join('/');
	return names.map((_, depth) => elements.get(`${root}/${names.slice(0, depth + 1).join('/')}`)?.repeats[depth] === true);
}
