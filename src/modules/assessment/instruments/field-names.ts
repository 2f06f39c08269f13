/** How the cells of a row are called in its form: a key may hold dots and brackets, which form fields divide by. */
export const fieldName = (key: string, group = 'fields'): string => `${group}.${encodeURIComponent(key).replaceAll('.', '%2E')}`;

/** The cells of a row from the fields of its form. */
export function fieldsFrom(sent: unknown): Record<string, string> {
	const fields: Record<string, string> = {};
	if (typeof sent !== 'object' || sent === null) return fields;
	for (const [name, value] of Object.entries(sent)) if (typeof value === 'string') fields[decodedKey(name)] = value;
	return fields;
}

function decodedKey(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
