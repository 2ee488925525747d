/** Takes out of the widget's libraries what it never uses and no minifier can know to be unused. */

import type { Plugin } from 'vite';

/**
 * What the widget never uses of its libraries, and a minifier cannot know to be unused: each text of theirs, and what
 * stands in its place. Lit's decorators, `useDefault`, attributes of JSON, converters to attributes and `hasChanged` of
 * one's own, own accessors under its properties, updates that are refused, shadow roots of other kinds, places to
 * render before, hydration, polyfills and lists of versions; its directives, templates of SVG and MathML, and
 * expressions that are elements, a part of an attribute, or lie in comments, `<style>` or `<textarea>`; the parser's
 * `reset()`, its callbacks and errors that nobody hears, its ways that are only quicker for what comes most, the byte
 * order mark, which TextDecoder takes out, and that it lets go of a line that is no field before that ends
 * (`maxBufferSize`, which is always set, bounds it).
 */
const unused: Record<string, ReadonlyArray<readonly [text: string | Span, instead: string]>> = {
  '@lit/reactive-element/reactive-element.js': [
    [
      ',getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o,getPrototypeOf:n}=Object,a=globalThis,c=a.trustedTypes,l=c?c.emptyScript:"",p=a.reactiveElementPolyfillSupport,d=(t,s)=>t,u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}}',
      '}=Object,u=0',
    ],
    [
      'f=(t,s)=>!i(t,s),b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}',
      'f=0',
    ],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['this.finalize(),this._$Eh&&[...this._$Eh.keys()]', 'this.finalize(),[...this._$Eh.keys()]'],
    [{ from: 'static createProperty(t,s=b){', to: 'static finalize()', characters: 757 }, ''],
    [
      { from: 'static finalize(){', to: 'constructor(){', characters: 820 },
      'static finalize(){this._$Eh=new Map;for(const t in this.properties){const s=this.properties[t].attribute,i=Symbol();!1!==s&&this._$Eh.set(s||t.toLowerCase(),t),e(this.prototype,t,{configurable:!0,get(){return this[i]},set(s){const e=this[i];this[i]=s,this.requestUpdate(t,e)}})}this.elementStyles=[this.styles].flat()}',
    ],
    ['this._$Ep=void 0,this.isUpdatePending=!1', 'this.isUpdatePending=!1'],
    [
      { from: 'this._$Em=null,this._$Ev()}', to: 'addController(', characters: 173 },
      'this._$ES=new Promise(t=>this.enableUpdating=t);this._$AL=new Map;const t=new Map;for(const s in this.constructor.properties)this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);this._$Ep=t,this.requestUpdate()}',
    ],
    [{ from: '_$E_(){', to: 'createRenderRoot()', characters: 166 }, ''],
    ['enableUpdating(t){}', ''],
    [
      'catch(t){Promise.reject(t)}const t=this.scheduleUpdate();return null!=t&&await t,',
      'catch{}await this.scheduleUpdate();return',
    ],
    [
      { from: 'attributeChangedCallback(t,s,i){', to: 'requestUpdate(', characters: 648 },
      'attributeChangedCallback(t,s,i){const e=this.constructor,h=e._$Eh.get(t),{converter:r,type:o}=e.properties[h];this[h]=r?r(i):o===Boolean?null!==i:o===Number&&null!==i?Number(i):i}',
    ],
    [
      { from: 'requestUpdate(t,s,i,e=!1,h){', to: 'async _$EP()', characters: 553 },
      'requestUpdate(t,s){if(void 0!==t){if(i(this[t],s))return;this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}',
    ],
    [
      { from: 'if(!this.isUpdatePending)return;', to: 'try{t=this.shouldUpdate', characters: 354 },
      'if(!this.hasUpdated)for(const[t,s]of this._$Ep)this[t]=s;const s=this._$AL;',
    ],
    [
      't=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()',
      'this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)',
    ],
    ['catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)', 'catch(s){throw this._$EM(),s}this._$AE(s)'],
    ['this.getUpdateComplete()}getUpdateComplete(){return this._$ES', 'this._$ES'],
    ['shouldUpdate(t){return!0}', ''],
    ['this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),', ''],
    [
      'this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions)',
      'this.attachShadow({mode:"open"})',
    ],
    [
      'y.elementStyles=[],y.shadowRootOptions={mode:"open"},y[d("elementProperties")]=new Map,y[d("finalized")]=new Map,p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")',
      '',
    ],
  ],
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")', ''],
    [{ from: 'function M(t,i,s=t,e){', to: 'class R{', characters: 289 }, ''],
    ['t=M(this,t,i),a(t)', 'a(t)'],
    ['t!==this._$AH&&t!==E&&', 't!==this._$AH&&'],
    [
      { from: '_$AI(t,i=this,s,e){const h=this.strings', to: 'j(t){t===A?', characters: 323 },
      '_$AI(t){a(t)&&t===this._$AH||(this._$AH=t,this.j(t))}',
    ],
    ['constructor(t,i,s,e,h){this.type=1,', 'constructor(t,i,e,h){this.type=1,'],
    [
      ',s.length>2||""!==s[0]||""!==s[1]?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=A',
      '',
    ],
    [
      'void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])),i++',
      's._$AI(t[i++])',
    ],
    ['const s=i(t).nextSibling;i(t).remove(),t=s', 'const s=t.nextSibling;t.remove(),t=s'],
    [',s=r.getAttribute(t).split(o),e=', ',e='],
    ['name:e[2],strings:s,', 'name:e[2],'],
    ['if((t=M(this,t,i,0)??A)===E)return;', 't??=A;'],
    ['class Z{', 'let M;class Z{'],
    ['"!--"===u[1]?c=_:', ''],
    ['c===_||c===m', 'c===m'],
    ['get parentNode(){return this._$AM.parentNode}', ''],
    [
      'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
      '',
    ],
    ['get tagName(){return this.element.tagName}', ''],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    ['this.type=2,', ''],
    ['this.type=1,', ''],
    ['constructor(){super(...arguments),this.type=3}', ''],
    ['constructor(){super(...arguments),this.type=4}', ''],
    ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
    [
      'e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&',
      'e=t===A,h=s===A;e&&!h&&',
    ],
    ['h&&this.element.addEventListener', 'h&&!e&&this.element.addEventListener'],
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      'this._$AH.call(this.options?.host??this.element,t)',
    ],
    ['this._$AN=void 0,this._$AD=t', 'this._$AD=t'],
    ['this._$AH=A,this._$AN=void 0,this._$AA=t', 'this._$AH=A,this._$AA=t'],
    ['this._$AH=A,this._$AN=void 0,this.element=t', 'this._$AH=A,this.element=t'],
    ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
    [',this._$Cv=e?.isConnected??!0', ''],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    ['get _$AU(){return this._$AM._$AU}', ''],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    ['2===i?"<svg>":3===i?"<math>":""', '""'],
    ['(2===i?"</svg>":3===i?"</math>":"")', '""'],
    [',2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}', '){}'],
    [
      'e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
      'e=this._$AC(t)',
    ],
    ['const e=s?.renderBefore??i;let h=e._$litPart$;', 'let h=i._$litPart$;'],
    [
      'const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})',
      'i._$litPart$=h=new k(i.appendChild(c()),null,void 0,s??{})',
    ],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      ':i=new r.ctor(h,r.name,this,t)',
    ],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['void 0!==u[2]?(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'void 0!==u[2]?(c=p)'],
    ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
    ['if(!u(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");', ''],
  ],
  'lit-element/lit-element.js': [
    [
      'createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}',
      '',
    ],
    ['render(){return r}', ''],
    ['i._$litElement$=!0,i["finalized"]=!0,s.litElementHydrateSupport?.({LitElement:i});', ''],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    ['connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}', ''],
    ['disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}', ''],
    [',this._$Do=void 0', ''],
    ['this._$Do=e(', 'e('],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
  ],
  'eventsource-parser/dist/parse.js': [
    [
      'const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;',
      'const { maxBufferSize, onComment, onError, onEvent } = config; let onId;',
    ],
    ['return { feed, reset };', 'return { feed };'],
    ['if (maxBufferSize === undefined)\n            return false;', ''],
    [{ from: "if (typeof config === 'function') {", to: 'const { maxBufferSize', characters: 174 }, ''],
    [{ from: 'if (terminated) {', to: 'if (bomPrefix', characters: 188 }, ''],
    [
      { from: 'terminated = true;', to: 'return true;\n    }\n    /**', characters: 476 },
      "terminated = true; onError({ type: 'max-buffer-size-exceeded' });",
    ],
    [{ from: "case 'retry':", to: '}\n    }\n    function dispatchEvent', characters: 1079 }, ''],
    [{ from: '// Fast path: LF-only chunk', to: '// Slow path: the chunk contains', characters: 4263 }, ''],
    [
      { from: 'if (isDataPrefix(chunk, start, firstCharCode)) {', to: '// Comment line', characters: 1284 },
      '',
    ],
    [
      {
        from: 'if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {',
        to: 'pendingFragments.push(chunk);',
        characters: 460,
      },
      '',
    ],
    [{ from: 'const crIndex = chunk.indexOf(', to: '}\n    function storeTrailing', characters: 784 }, ''],
    [
      { from: 'if (shouldBufferTrailing(trailing)) {', to: '}\n    function shouldBuffer', characters: 200 },
      'pendingFragments.push(trailing); pendingFragmentsLength = trailing.length;',
    ],
    [{ from: 'function shouldBufferTrailing', to: '// Returns true when parsing must', characters: 470 }, ''],
    ['if (bomPrefix !== undefined) {', 'if (false) {'],
    ['let skippingLine = false;', ''],
    ['skippingLine || skipNextLineFeed', 'skipNextLineFeed'],
  ],
};

/** All from the first text on, up to the second one; so long in all. */
interface Span {
  from: string;
  to: string;
  characters: number;
}

/** Takes that out. Another version of a library is to be looked at: what is not found there is an error. */
export function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    enforce: 'pre',
    transform: {
      filter: { id: /\/node_modules\/(@?lit|eventsource-parser)/ },
      handler(code, id) {
        for (const [text, instead] of unused[id.split('/node_modules/').at(-1) ?? ''] ?? []) {
          const found = typeof text === 'string' ? text : spanned(code, text);
          if (!found || !code.includes(found))
            throw new Error(`${id} has changed, and has no “${JSON.stringify(text)}”.`);
          code = code.replaceAll(found, () => instead);
        }
        return code;
      },
    },
  };
}

function spanned(code: string, { from, to, characters }: Span): string | undefined {
  const start = code.indexOf(from);
  const end = start + characters;
  return start >= 0 && code.indexOf(to, start) === end ? code.slice(start, end) : undefined;
}

/**
 * Takes out of Lit what makes style sheets of text, and `<style>` elements where a browser has no constructed sheets:
 * widget/styles/css.ts makes all sheets, and needs such a browser anyway.
 */
export function constructedSheets(): Plugin {
  return {
    name: 'constructed-sheets',
    enforce: 'pre',
    transform: {
      filter: { id: /\/@lit\/reactive-element\/css-tag\.js$/ },
      handler: () => `
        export const getCompatibleStyle = sheet => sheet;
        export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
        // Lit exports them again, and nobody imports them.
        export let css, unsafeCSS, CSSResult, supportsAdoptingStyleSheets;
      `,
    },
  };
}
