/** Rates at which a board may be found that is not where it should be, in symbols a second. */
export const COMMON_RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 250_000, 500_000, 1_000_000] as const
