import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { help, run } from './transliterate.ts';

async function answer(args: string[], input: Iterable<Buffer | string> = []) {
	const output = new PassThrough({ highWaterMark: 1 << 28 });
	const errors = new PassThrough();
	const code = await run(args, { input: Readable.from(input), output, errors });
	output.end();
	errors.end();
	return { code, said: await text(output), complained: await text(errors) };
}

describe('hamkor transliterate', () => {
	it('writes the script asked for', async () => {
		expect((await answer(['--to', 'cyrillic'], ['Gʻamxoʻrlik\n'])).said).toBe('Ғамхўрлик\n');
		expect((await answer(['--to=latin'], ['Ғамхўрлик'])).said).toBe('Gʻamxoʻrlik');
	});

	it('keeps line ends, and a missing one at the end', async () => {
		expect((await answer(['--to', 'cyrillic'], ['bir\r\nikki\n\nuch\r\n toʻrt'])).said).toBe('бир\r\nикки\n\nуч\r\n тўрт');
	});

	it('does not show where the input was cut, not even inside a letter', async () => {
		const bytes = Buffer.from('Shaharda oʻn bitta maktab; sharq\n```\nlet kod = 1\n```\nchegara\n'.repeat(20));
		const whole = await answer(['--to', 'cyrillic'], [bytes]);
		const single = Array.from(bytes, (byte) => Buffer.from([byte]));
		expect((await answer(['--to', 'cyrillic'], single)).said).toBe(whole.said);
		expect(whole.said).toContain('Шаҳарда ўн битта мактаб; шарқ\n```\nlet kod = 1\n```\nчегара\n');
	});

	it('takes a long text without a line end', async () => {
		const { said } = await answer(['--to', 'cyrillic'], Array.from({ length: 300 }, () => 'boshpana '.repeat(1000)));
		expect(said).toBe('бошпана '.repeat(300_000));
	}, 30_000);

	it('keeps words it is told to keep, and turns everything when told there is no markup', async () => {
		expect((await answer(['--to', 'cyrillic', '--keep', 'Dialog'], ['Dialog va hamkor'])).said).toBe('Dialog ва ҳамкор');
		expect((await answer(['--to', 'cyrillic', '--plain'], ['{salom}'])).said).toBe('{салом}');
	});

	it('explains itself', async () => {
		expect(await answer(['--help'])).toMatchObject({ code: 0, said: help });
	});

	it.each([[[]], [['--to', 'arabic']], [['--nonsense']], [['--to']], [['--to', 'latin', 'file.txt']]])(
		'answers %j with what to do',
		async (args) => {
			const { code, said, complained } = await answer(args);
			expect(code).toBe(2);
			expect(said).toBe('');
			expect(complained).toContain('--to latin|cyrillic');
		}
	);

	it('refuses what is not UTF-8', async () => {
		const { code, complained } = await answer(['--to', 'latin'], [Buffer.from([0xd1, 0x20, 0xff])]);
		expect(code).toBe(1);
		expect(complained).toContain('UTF-8');
	});
});
