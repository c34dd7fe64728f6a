/** The page's words in Chinese, a piece of their own: `linkpulseChinese.words`. Who reads English does not load them. */
export { WORKSHOP_ZH as words } from '../../workshop/words/zh.js'
