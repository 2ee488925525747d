/** @jsxImportSource solid-js */
/** The chat in Solid: its properties follow the signals, events are `on:`, a hook is a function, its methods are on the ref. */

import 'rivulet-chat/solid';
import { createSignal } from 'solid-js';
import type { BeforeSend, RivuletChat } from 'rivulet-chat/solid';

const exactly: BeforeSend = request => ({ ...request, temperature: 0 });

export function Shop() {
  let chat!: RivuletChat;
  const [tea, setTea] = createSignal('Sencha');
  const [answers, setAnswers] = createSignal(0);
  return (
    <>
      <h1>A tea shop</h1>
      <p>
        <label>
          Tea{' '}
          <select value={tea()} onChange={event => setTea(event.target.value)}>
            <option>Sencha</option>
            <option>Oolong</option>
          </select>
        </label>{' '}
        <button type="button" onClick={() => chat.send('How do I brew it?')}>
          How do I brew it?
        </button>{' '}
        Answers: <output>{answers()}</output>
      </p>
      <rivulet-chat
        ref={chat}
        endpoint="https://your-proxy.example"
        persist="session"
        suggestions={['Where does it come from?', 'How much caffeine has it?']}
        context={`The visitor looks at ${tea()}.`}
        prop:beforeSend={exactly}
        on:rivulet-answer={() => setAnswers(count => count + 1)}
      />
    </>
  );
}
