/** How figures and their limits read. */
export const MEASURED = {
  'measured.nothing': 'nothing',
}
