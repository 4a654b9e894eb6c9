// What a program over @kubernetes/client-node does; prints what it sees. The first argument is where the client lies;
// the kubeconfig is that of the environment.
const k8s = await import(process.argv[2]);
const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const namespace = 'default';
const name = 'node';
const labelSelector = 'of=node';
const path = '/api/v1/namespaces/default/configmaps';

const data = async () => {
  const all = (await core.readNamespacedConfigMap({ name, namespace })).data;
  return JSON.stringify(Object.fromEntries(Object.entries(all).sort()));
};
const patch = (type, body, more = {}) =>
  core.patchNamespacedConfigMap({ name, namespace, body, ...more }, k8s.setHeaderOptions('Content-Type', type));
const apply = (fieldManager, values, force) =>
  patch(k8s.PatchStrategy.ServerSideApply,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: values }, { fieldManager, force });
const until = async (what, so) => {
  for (let i = 0; !so(); i++) {
    if (i === 600) throw new Error('waited in vain for ' + what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const informed = [];
const informer = k8s.makeInformer(config, path, () => core.listNamespacedConfigMap({ namespace, labelSelector }), labelSelector);
for (const verb of ['add', 'update', 'delete']) informer.on(verb, (object) => informed.push(verb + ' ' + object.metadata.name));
await informer.start();

const watched = [];
const start = (await core.listNamespacedConfigMap({ namespace })).metadata.resourceVersion;
const watch = await new k8s.Watch(config).watch(path, { labelSelector, resourceVersion: start },
  (type, object) => watched.push(type + ' ' + object.metadata.name), () => {});

await core.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels: { of: 'node' } }, data: { k: 'v' } } });
console.log('created', await data());
await patch(k8s.PatchStrategy.JsonPatch, [{ op: 'add', path: '/data/json', value: '1' }]);
await patch(k8s.PatchStrategy.MergePatch, { data: { merge: '1' } });
await patch(k8s.PatchStrategy.StrategicMergePatch, { data: { smart: '1' } });
console.log('patched', await data());
await apply('one', { applied: '1' }, false);
await apply('two', { applied: '2' }, false).catch((refused) =>
  console.log(refused.code, JSON.parse(refused.body).message.split('\n')[0]));
await apply('two', { applied: '2' }, true);
console.log('applied', await data());
await core.deleteNamespacedConfigMap({ name, namespace });
await core.readNamespacedConfigMap({ name, namespace }).catch((refused) =>
  console.log(refused.code, JSON.parse(refused.body).message));
await until('the watch', () => watched.at(-1)?.startsWith('DELETED'));
console.log('watched', watched.join(', '));
await until('the informer', () => informed.at(-1)?.startsWith('delete'));
console.log('informed', informed[0], informed.at(-1));
watch.abort();
await informer.stop();
process.exit(0);
