/** What a browser that reads barcodes offers; the types of browsers do not know it yet. */
type Eyes = { detect(source: HTMLVideoElement): Promise<unknown> };
type EyesClass = new () => Eyes;

const isEyes = (value: unknown): value is EyesClass => typeof value === 'function';

/** Reads a barcode from a moving picture, where the browser can; undefined where it cannot. */
export function detector(): ((video: HTMLVideoElement) => Promise<string | undefined>) | undefined {
	const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
	if (!isEyes(found) || !('mediaDevices' in navigator)) return undefined;
	const eyes = new found();
	return async (video) => {
		const seen = await eyes.detect(video);
		const [first]: unknown[] = Array.isArray(seen) ? seen : [];
		return typeof first === 'object' && first !== null && 'rawValue' in first && typeof first.rawValue === 'string' ? first.rawValue : undefined;
	};
}
