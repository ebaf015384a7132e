import sdk_networks


def test_pods_are_on_the_overlay():
    sdk_networks.check_task_network("hello-0-server", expected_network_name="dcos")
