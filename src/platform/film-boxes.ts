/** Reads part of a file: at most `length` bytes from `at`. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>;

/** Bytes to overwrite: a box that describes becomes free space of the same length (`typeAt`: where its kind stands), so that nothing behind it moves. */
export type Blank = { readonly typeAt: number | null; readonly from: number; readonly to: number };

/**
 * What each kind of box may hold for a film or a sound to play; everything else in it describes: where it was taken, by whom, what
 * its maker added. Boxes that are not named here are not looked into.
 * Source: ISO/IEC 14496-12 (boxes), QuickTime File Format (`udta`, `meta`), 3GPP TS 26.244 (`loci`).
 */
const plays: Readonly<Record<string, ReadonlySet<string>>> = {
	'': new Set(['ftyp', 'styp', 'moov', 'mdat', 'moof', 'mfra', 'sidx', 'ssix', 'pdin']),
	moov: new Set(['mvhd', 'trak', 'mvex', 'iods']),
	trak: new Set(['tkhd', 'tref', 'edts', 'mdia', 'tapt', 'load', 'trgr']),
	moof: new Set(['mfhd', 'traf']),
	traf: new Set(['tfhd', 'trun', 'sbgp', 'sgpd', 'subs', 'saiz', 'saio', 'tfdt', 'senc'])
};

/** Boxes that are looked at, at most: a file with more is not what it says. */
const most = 200_000;

/**
 * The boxes of a file of the ISO family (MP4, MOV, 3GP, M4A) that describe rather than play.
 * What follows the last box of the file, as some cameras leave it there, counts as describing; a film that was cut off keeps what there is.
 * @returns null when what it says of itself inside cannot be read
 */
export async function describingBoxes(read: ReadAt, size: number): Promise<Blank[] | null> {
	const found: Blank[] = [];
	let left = most;
	const walk = async (start: number, end: number, within: string): Promise<boolean> => {
		const known = plays[within];
		for (let at = start; at < end; ) {
			left -= 1;
			const { type, head, length } = headOf(await read(at, 16), end - at);
			const cut = within === '' && type === 'mdat' && length > end - at;
			if (left < 0 || length < head || (length > end - at && !cut)) {
				if (within !== '' || left < 0) return false;
				found.push({ typeAt: null, from: at, to: end });
				return true;
			}
			const to = cut ? end : at + length;
			if (known && !known.has(type)) found.push({ typeAt: at + 4, from: at + head, to });
			else if (type !== '' && plays[type] && !(await walk(at + head, to, type))) return false;
			at = to;
		}
		return true;
	};
	return (await walk(0, size, '')) ? found : null;
}

/** Kind and length of a box; a length of nothing where there is none. @param rest bytes to the end of what it stands in */
function headOf(bytes: Uint8Array, rest: number): { type: string; head: number; length: number } {
	if (bytes.length < 8 || rest < 8) return { type: '', head: 8, length: 0 };
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const type = String.fromCharCode(...bytes.subarray(4, 8));
	const short = view.getUint32(0);
	const long = short === 1 && bytes.length >= 16;
	return { type, head: long ? 16 : 8, length: long ? Number(view.getBigUint64(8)) : short === 0 ? rest : short };
}
