/** What the demo page lets a model do: the demo model calls both for `/tools`. */

export function giveTools(chat: HTMLElementTagNameMap['rivulet-chat']): void {
  chat.tools = [
    {
      name: 'set_accent',
      label: 'Change the accent colour',
      description: 'Changes the accent colour of this chat.',
      parameters: {
        type: 'object',
        properties: { colour: { type: 'string', description: 'As CSS writes it', examples: ['#7a3cff'] } },
        required: ['colour'],
      },
      // Nothing changes on the page without the visitor's word.
      confirm: true,
      run({ colour }) {
        if (typeof colour !== 'string' || !CSS.supports('color', colour))
          throw new Error('This is no colour.');
        chat.style.setProperty('--rivulet-accent', colour);
        return `The accent colour is ${colour} now.`;
      },
    },
    {
      name: 'show_clock',
      label: 'Show the time',
      description: 'Shows the visitor what time it is, and tells it.',
      run() {
        const text = new Date().toLocaleTimeString();
        const element = document.createElement('time');
        element.className = 'clock';
        element.textContent = text;
        return { element, text };
      },
    },
  ];
}
