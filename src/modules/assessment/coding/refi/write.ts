import { strToU8, zipSync } from 'fflate';
import { problem } from '#platform/problem.ts';
import type { RefiCode, RefiProject, RefiSource } from './project.ts';

const projectNamespace = 'urn:QDA-XML:project:1.0';
const codebookNamespace = 'urn:QDA-XML:codebook:1.0';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' };
// What XML 1.0 cannot hold in any form.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const attribute = (text: string): string => text.replace(notXml, '').replace(/[&<>"\n\t\r]/g, (sign) => escapes[sign] ?? sign);
const words = (text: string): string => text.replace(notXml, '').replace(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);

const attributes = (of: Readonly<Record<string, string | number | boolean | null>>): string =>
	Object.entries(of).map(([name, value]) => (value === null ? '' : ` ${name}="${attribute(String(value))}"`)).join('');
const described = (text: string): string => (text === '' ? '' : `<Description>${words(text)}</Description>`);

const codesXml = (codes: readonly RefiCode[]): string =>
	codes
		.map(({ guid, name, codable, color, description, children }) => `<Code${attributes({ guid, name, isCodable: codable, color })}>${described(description)}${codesXml(children)}</Code>`)
		.join('');

/**
 * A codebook as REFI-QDA (`.qdc`).
 * @throws Problem `refi.no-codes` (409): by the standard's schema a codebook has at least one code
 */
export function writeCodebook(codes: readonly RefiCode[], origin: string): string {
	if (codes.length === 0) throw problem('refi.no-codes', 409);
	return `<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="${codebookNamespace}" origin="${attribute(origin)}"><Codes>${codesXml(codes)}</Codes></CodeBook>\n`;
}

/** A guid that always comes out the same for a name: variables have no id here. */
const variableGuid = (at: number): string => `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`;

function sourceXml(source: RefiSource, variables: readonly string[]): string {
	const selections = source.selections.map(({ guid, name, description, starts, ends, user, codes }) => {
		const codings = codes.map((each) => `<Coding${attributes({ guid: each.guid, creatingUser: each.user })}><CodeRef targetGUID="${each.code}"/></Coding>`).join('');
		return `<PlainTextSelection${attributes({ guid, name, startPosition: starts, endPosition: ends, creatingUser: user })}>${described(description)}${codings}</PlainTextSelection>`;
	});
	const values = Object.entries(source.variables).map(
		([name, value]) => `<VariableValue><VariableRef targetGUID="${variableGuid(variables.indexOf(name))}"/><TextValue>${words(value)}</TextValue></VariableValue>`
	);
	const facts = { guid: source.guid, name: source.name, plainTextPath: `internal://${source.guid}.txt`, creationDateTime: source.created };
	return `<TextSource${attributes(facts)}>${described(source.description)}${selections.join('')}${values.join('')}</TextSource>`;
}

/** The `project.qde` of a project. */
export function writeProjectXml(project: RefiProject, origin: string): string {
	const names = [...new Set(project.sources.flatMap(({ variables }) => Object.keys(variables)))];
	const users = project.users.map(({ guid, name }) => `<User${attributes({ guid, name })}/>`).join('');
	const variables = names.map((name, at) => `<Variable${attributes({ guid: variableGuid(at), name, typeOfVariable: 'Text' })}/>`).join('');
	return [
		`<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="${projectNamespace}"${attributes({ name: project.name, origin, creationDateTime: project.created })}>`,
		users === '' ? '' : `<Users>${users}</Users>`,
		project.codes.length === 0 ? '' : `<CodeBook><Codes>${codesXml(project.codes)}</Codes></CodeBook>`,
		variables === '' ? '' : `<Variables>${variables}</Variables>`,
		project.sources.length === 0 ? '' : `<Sources>${project.sources.map((source) => sourceXml(source, names)).join('')}</Sources>`,
		'</Project>\n'
	].join('');
}

/** A whole project (`.qdpx`): the XML and each source as a text file with single line feeds. */
export function writeProject(project: RefiProject, origin: string): Uint8Array {
	const sources = Object.fromEntries(project.sources.map(({ guid, text }) => [`Sources/${guid}.txt`, strToU8(text)]));
	return zipSync({ 'project.qde': strToU8(writeProjectXml(project, origin)), ...sources });
}
