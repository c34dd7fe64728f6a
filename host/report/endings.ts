/** Which endings a `--report FILE` may have: in a file of its own, for each start of the command line reads it, and formats are many. */
export const REPORT_ENDINGS = ['.json', '.xml', '.html', '.tap', '.ctrf.json', '.md', '.ocp.jsonl'] as const
export type ReportEnding = (typeof REPORT_ENDINGS)[number]
