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
    scene.broker.start().signIn(USER);
    return scene;
  }

  /** The port of the pretend Office 365 submission server. */
  int submissionPort() {
    return cloud.port(Service.OFFICE365_SUBMISSION);
  }

  @Override
  public void close() throws IOException {
    broker.close();
    cloud.close();
  }
}
