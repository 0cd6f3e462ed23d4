package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.nio.file.Path;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;

/** A pretend cloud and a daemon before it; {@link #USER} has an account there. */
final class Scene implements AutoCloseable {
  static final String USER = "ann@example.com";

  final Simulator cloud;
  final Broker broker;

  private Scene(Simulator cloud, Broker broker) {
    this.cloud = cloud;
    this.broker = broker;
  }

  /** Everything is configured and nothing but the cloud runs. */
  static Scene set(Path directory) throws IOException {
    return set(directory, Broker.microsoft(USER));
  }

  /** The same with another configuration. */
  static Scene set(Path directory, String configuration) throws IOException {
    return set(directory, configuration, Simulator.open(Options.standard()));
  }

  /** The same before a cloud of its own, which is closed with the scene. */
  static Scene set(Path directory, String configuration, Simulator cloud) throws IOException {
    return new Scene(cloud, Broker.configured(cloud, directory, configuration));
  }

  /** The daemon runs and {@link #USER} is signed in. */
  static Scene signedIn(Path directory) throws Exception {
    Scene scene = set(directory);
    try {
      scene.broker.start().signIn(USER);
      return scene;
    } catch (Exception | AssertionError failed) {
      scene.close();
      throw failed;
    }
  }

  /** The port of the pretend Office 365 submission server. */
  int submissionPort() {
    return cloud.port(Service.OFFICE365_SUBMISSION);
  }

  /** An example of ours with our places in it, and one that trusts this cloud alone. */
  String example(String name) {
    return Documents.example(name)
        .replace("user@domain.com", USER)
        .replace("smtp.office365.com", "localhost")
        .replaceAll("\\b587\\b", Integer.toString(submissionPort()))
        .replace("/run/user/1000/cms.sock", broker.socket().toString())
        .replace("tls on\n", "tls on\ntls_trust_file " + cloud.caFile() + "\n");
  }

  @Override
  public void close() throws IOException {
    broker.close();
    cloud.close();
  }
}
