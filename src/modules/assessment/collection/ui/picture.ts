/** A picture whose longer side has no more than so many pixels; the same file when it is small enough. @throws when it is no picture */
export async function smaller(file: File, longest: number): Promise<File> {
	const picture = await createImageBitmap(file);
	const share = longest / Math.max(picture.width, picture.height);
	if (share >= 1) return file;
	const canvas = document.createElement('canvas');
	canvas.width = Math.round(picture.width * share);
	canvas.height = Math.round(picture.height * share);
	canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return asFile(canvas, file.type === 'image/png' ? 'image/png' : 'image/jpeg', file.name);
}

/** What stands on a canvas as a file. */
export function asFile(canvas: HTMLCanvasElement, type: string, name: string): Promise<File> {
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob ? resolve(new File([blob], name, { type })) : reject(new Error('no picture'))), type, 0.85)
	);
}
