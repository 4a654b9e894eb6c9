"""What a program over the Python client does; prints what it sees. The kubeconfig is that of the environment."""
import json
import threading

from kubernetes import client, config, watch

config.load_kube_config()
core = client.CoreV1Api()
NAMESPACE = "default"


def data(name):
    return json.dumps(core.read_namespaced_config_map(name, NAMESPACE).data, sort_keys=True)


def apply(manager, values, force="false"):
    body = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "python"}, "data": values})
    return client.ApiClient().call_api(
        "/api/v1/namespaces/default/configmaps/python", "PATCH",
        query_params=[("fieldManager", manager), ("force", force)],
        header_params={"Content-Type": "application/apply-patch+yaml", "Accept": "application/json"},
        body=body, response_type="object", auth_settings=["BearerToken"], _return_http_data_only=True)


start = core.list_namespaced_config_map(NAMESPACE).metadata.resource_version
seen = []


def follow():
    events = watch.Watch()
    for event in events.stream(core.list_namespaced_config_map, NAMESPACE, label_selector="of=python",
                               resource_version=start, timeout_seconds=30):
        seen.append(event["type"] + " " + event["object"].metadata.name)
        if event["type"] == "DELETED":
            events.stop()


follower = threading.Thread(target=follow)
follower.start()

meta = client.V1ObjectMeta(name="python", labels={"of": "python"})
core.create_namespaced_config_map(NAMESPACE, client.V1ConfigMap(metadata=meta, data={"k": "v"}))
print("created", data("python"))
core.patch_namespaced_config_map("python", NAMESPACE, {"data": {"smart": "1"}})
core.patch_namespaced_config_map("python", NAMESPACE, [{"op": "add", "path": "/data/json", "value": "1"}])
print("patched", data("python"))
apply("one", {"applied": "1"})
try:
    apply("two", {"applied": "2"})
except client.ApiException as refused:
    print(refused.status, json.loads(refused.body)["message"].splitlines()[0])
apply("two", {"applied": "2"}, force="true")
print("applied", data("python"))
try:
    core.create_namespaced_config_map(NAMESPACE, client.V1ConfigMap(metadata=meta))
except client.ApiException as refused:
    print(refused.status, refused.reason, json.loads(refused.body)["message"])
page = core.list_namespaced_config_map(NAMESPACE, limit=1)
rest = core.list_namespaced_config_map(NAMESPACE, limit=100, _continue=page.metadata._continue)
print("pages", "python" in [item.metadata.name for item in page.items + rest.items])
core.delete_namespaced_config_map("python", NAMESPACE)
follower.join(60)
print("watched", ", ".join(seen))
try:
    core.read_namespaced_config_map("python", NAMESPACE)
except client.ApiException as refused:
    print(refused.status, json.loads(refused.body)["message"])
try:
    for event in watch.Watch().stream(core.list_namespaced_config_map, NAMESPACE, resource_version="1", timeout_seconds=5):
        print("not gone", event["type"])
        break
except client.ApiException as gone:
    print(gone.status, gone.reason.split(" (")[0])
