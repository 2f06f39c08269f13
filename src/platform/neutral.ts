/**
 * Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection): what begins with
 * `=`, `+`, `-`, `@`, a tab or a line end, leading spaces and full-width forms included. Plain numbers stay as they are.
 */
export function neutralise(text: string): string {
	if (!suspect.test(text)) return text;
	if (/^[+-]?\d+(?:[.,]\d+)?$/.test(text)) return text;
	return `'${text}`;
}

const suspect = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
