import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { toCyrillic, toLatin } from '#platform/transliterate.ts';

export const help = `hamkor transliterate --to latin|cyrillic

Turns Uzbek from one script into the other: standard input to standard output, UTF-8.
Line ends stay as they are. Code, tags, {placeholders}, addresses, Roman numerals and
words of other languages are left alone; fenced code blocks (\`\`\`) too.

  --to latin|cyrillic   the script to write
  --keep WORD           a word to leave as it is (may be given again)
  --plain               the text has no markup: treat everything as words
  -h, --help            this text

Examples
  echo "Gʻamxoʻrlik markazi" | hamkor transliterate --to cyrillic
  hamkor transliterate --to latin < hisobot.txt > hisobot-lotin.txt
`;

/** A line longer than this many characters is turned in pieces cut at a blank. */
const longestLine = 1 << 20;

/** Where a piece of at most `longestLine` characters can end without cutting a word; 0 when the text may wait. */
function cut(text: string): number {
	const lineEnd = text.lastIndexOf('\n');
	if (lineEnd >= 0) return lineEnd + 1;
	if (text.length < longestLine) return 0;
	const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
	return blank > 0 ? blank + 1 : text.length;
}

/** Turns text line by line and remembers whether it stands in a fenced block, so that the cuts do not show. */
export function lineByLine(turn: (line: string) => string): (text: string) => string {
	let fenced = false;
	return (text) =>
		text
			.split(/(?<=\n)/)
			.map((line) => {
				const fence = /^\s{0,3}(```|~~~)/.test(line);
				if (fence) fenced = !fenced;
				return fence || fenced ? line : turn(line);
			})
			.join('');
}

type Streams = {
	input: AsyncIterable<Buffer | string>;
	output: NodeJS.WritableStream;
	errors: NodeJS.WritableStream;
};

/**
 * `hamkor transliterate`. Answers the exit code: 0 done, 1 the input is not UTF-8 text, 2 a mistake in the arguments.
 */
export async function run(
	args: string[],
	{ input, output, errors }: Streams = { input: process.stdin, output: process.stdout, errors: process.stderr }
): Promise<number> {
	let options;
	try {
		options = parseArgs({
			args,
			options: {
				to: { type: 'string' },
				keep: { type: 'string', multiple: true },
				plain: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' }
			}
		}).values;
	} catch (error) {
		errors.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
		return 2;
	}
	if (options.help) {
		output.write(help);
		return 0;
	}
	if (options.to !== 'latin' && options.to !== 'cyrillic') {
		errors.write(`Say which script to write: --to latin or --to cyrillic.\n\n${help}`);
		return 2;
	}
	const direction = options.to === 'latin' ? toLatin : toCyrillic;
	const settings = { keep: options.keep ?? [], markup: !options.plain };
	const words = (line: string): string => direction(line, settings);
	const turn = options.plain ? words : lineByLine(words);

	async function* turned(): AsyncGenerator<string> {
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		let waiting = '';
		for await (const chunk of input) {
			waiting += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
			const end = cut(waiting);
			if (end > 0) yield turn(waiting.slice(0, end));
			waiting = waiting.slice(end);
		}
		waiting += decoder.decode();
		if (waiting !== '') yield turn(waiting);
	}
	// A reader that stops early (head, less) is no error of ours, also when it is noticed after the last write.
	output.on('error', () => undefined);
	try {
		await pipeline(turned, output, { end: false });
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') return 0;
		if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		errors.write('The input is not text in UTF-8. Save it as UTF-8 and try again.\n');
		return 1;
	}
	return 0;
}
