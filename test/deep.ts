/** Whether this is the long run (`bin/hamkor check --deep`), which tries many times as much. */
export const deep = process.env['HAMKOR_DEEP'] === '1';
