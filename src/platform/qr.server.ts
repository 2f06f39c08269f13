import QRCode from 'qrcode';

/** A QR code as the path of an SVG picture: its dark squares, row by row, and its width in squares. */
export function qrPath(text: string): { size: number; path: string } {
	const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
	const { size } = modules;
	let path = '';
	for (let row = 0; row < size; row += 1) {
		for (let column = 0; column < size; column += 1) if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
	}
	return { size, path };
}
