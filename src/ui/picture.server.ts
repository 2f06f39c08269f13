import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { BarChart } from './chart.ts';

/** The colours of a picture that leaves the page: those of the light theme, see tokens.css. */
const colours = ['#0b5f73', '#b4581a', '#6a4c93', '#566067'];
const sheet = `text{font-family:'Noto Sans',sans-serif;fill:#1d2326}.chart-label{fill:#566067}.chart-value,.chart-title{fill:#1d2326}
.chart-ground{stroke:#767f84}.chart-whisker{stroke:#1d2326}.chart-inside{stroke:#fff;stroke-width:4;paint-order:stroke;font-weight:600}
pattern rect{fill:#fff;stroke:none}
${colours.map((colour, i) => `.chart-bar-${i + 1}{color:${colour};stroke:${colour}}.chart-line-${i + 1}{stroke:${colour}}.chart-p${i + 1}{${i % 2 === 1 ? `fill:${colour};stroke:${colour};stroke-width:2` : ''}}.chart-p${i + 1} path{stroke:${colour}}`).join('')}
.chart-p1 rect{fill:${colours[0] ?? ''}}.chart-p3{fill:${colours[2] ?? ''}}.chart-p3 circle{fill:${colours[2] ?? ''}}`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** About the width of a text, in pixels. */
const wide = (text: string, size: number): number => text.length * size * 0.56;

/** A text in lines of at most so many pixels. */
function linesOf(text: string, size: number, width: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && wide(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

/**
 * A chart as a picture by itself: title, key, drawing, source, with its own colours.
 * @param drawing from `drawChart`; @param footer where it comes from, and n
 */
export function standAlone(chart: BarChart, drawing: string, footer: string): string {
	const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(drawing);
	const [width, height] = [Number(size?.[1] ?? 680), Number(size?.[2] ?? 200)];
	let y = 24;
	const parts: string[] = [];
	const write = (text: string, fontSize: number, weight: number, gap: number): void => {
		for (const line of linesOf(text, fontSize, width)) {
			parts.push(`<text class="chart-title" x="16" y="${y}" font-size="${fontSize}" font-weight="${weight}">${escaped(line)}</text>`);
			y += fontSize * 1.4;
		}
		y += gap;
	};
	write(chart.title, 17, 600, 6);
	if (chart.series.length > 1) {
		let x = 16;
		chart.series.forEach((series, i) => {
			if (x > 16 && x + 30 + wide(series.label, 13) > width) {
				x = 16;
				y += 22;
			}
			parts.push(`<g class="chart-bar-${i + 1}"><rect x="${x}" y="${y - 11}" width="22" height="14" fill="url(#${chart.id}-w-p${i + 1})"/></g><text x="${x + 28}" y="${y}" font-size="13">${escaped(series.label)}</text>`);
			x += 46 + wide(series.label, 13);
		});
		y += 16;
	}
	const top = y;
	y += height + 24;
	const inner = drawing.replace(/^<svg/, `<svg x="16" y="${top}" width="${width}" height="${height}"`);
	write(footer, 12, 400, 0);
	if (chart.note !== undefined) write(chart.note, 12, 400, 0);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 32}" height="${Math.ceil(y)}" viewBox="0 0 ${width + 32} ${Math.ceil(y)}"><style>${sheet}</style><rect width="100%" height="100%" fill="#fff"/>${inner}${parts.join('')}</svg>`;
}

let fontsReady = false;

/** Text in pictures is written with the fonts that come with the packages, whatever the machine has. */
function readyFonts(): void {
	if (fontsReady) return;
	fontsReady = true;
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-fonts-'));
	const fonts = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
	const file = path.join(folder, 'fonts.conf');
	writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${escaped(fonts)}</dir><cachedir>${escaped(folder)}</cachedir></fontconfig>`);
	process.env['FONTCONFIG_FILE'] = file;
}

/** The picture as PNG, twice as fine as it is large. */
export async function pngOf(svg: string): Promise<Buffer> {
	readyFonts();
	const { default: sharp } = await import('sharp');
	return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
