import { exportFields, type ExportChoice } from './choice.ts';

const lists = ['states', 'others'] as const;

/** What is asked for as it stands in an address; what cannot be read there counts as not said. */
export function choiceFrom(query: URLSearchParams, language: string): ExportChoice {
	const given = Object.fromEntries([...new Set(query.keys())].map((key) => [key, lists.some((name) => name === key) ? query.getAll(key) : query.get(key)]));
	const parsed = exportFields.safeParse({ language, ...given });
	return parsed.success ? parsed.data : exportFields.parse({ language });
}

/** The same as the query of an address. */
export function queryOf(choice: ExportChoice): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(choice)) {
		if (Array.isArray(value)) for (const each of value) query.append(key, each);
		else if (value === true) query.set(key, '1');
		else if (typeof value === 'string' && value !== '') query.set(key, value);
	}
	return query.toString();
}
