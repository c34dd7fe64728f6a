/** 汉字后面跟着西文或数字时空一格，跟着汉字时不空：`应为 80h`，`应为至多 6 s`。 */
export function behind(chinese: string, text: string): string {
  return /^[!-~]/.test(text) ? `${chinese} ${text}` : `${chinese}${text}`
}

/** 夹在汉字中间：西文的一边空一格。 */
export function spaced(text: string): string {
  return `${/^[!-~]/.test(text) ? ' ' : ''}${text}${/[!-~]$/.test(text) ? ' ' : ''}`
}
