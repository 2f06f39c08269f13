// npm leaves out optional packages whose "engines" refuse the Node that npm itself runs on (on Debian 12: Node 18). They are for the
// Node that comes with the packages and runs the program, so npm is told that version. Loaded into npm alone.
Object.defineProperty(process, 'version', { value: `v${process.env.HAMKOR_SHIPPED_NODE}`, configurable: true, enumerable: true });
