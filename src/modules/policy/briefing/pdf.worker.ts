import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { z } from 'zod';

// In a thread of its own: a document takes tens of milliseconds, and the pages must not wait for it.
const requestSchema = z.object({ id: z.int(), edition: z.string(), words: z.string(), moment: z.int() });

const fonts = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
const template = readFileSync(new URL('./briefing.typ', import.meta.url), 'utf8');
const compiler = NodeCompiler.create({
	fontArgs: [
		{
			fontBlobs: ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf', '400Regular_Italic/NotoSans_400Regular_Italic.ttf'].map((name) =>
				readFileSync(path.join(fonts, name))
			)
		}
	]
});

parentPort?.on('message', (message: unknown) => {
	const { id, edition, words, moment } = requestSchema.parse(message);
	try {
		const compiled = compiler.compile({ mainFileContent: template, inputs: { edition, words } });
		const document = compiled.result;
		if (!document) {
			compiled.printErrors();
			throw new Error('the document did not compile');
		}
		const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: moment });
		parentPort?.postMessage({ id, pdf });
	} catch (error) {
		parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
	}
	// Without this the compiler keeps every document it has seen.
	compiler.evictCache(10);
});
