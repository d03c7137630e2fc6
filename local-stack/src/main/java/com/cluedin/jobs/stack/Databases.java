package com.cluedin.jobs.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The databases of a server.
record Databases(String host, int port, String user, String password) {

  void make(String name) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE \"" + name + "\"");
    } catch (SQLException e) {
      throw new StackException("The database " + name + " cannot be made.", e);
    }
  }

  void ensure(String name) {
    if (!exists(name)) {
      make(name);
    }
  }

  private boolean exists(String name) {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    } catch (SQLException e) {
      throw new StackException("PostgreSQL does not answer.", e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres".formatted(host, port), user, password);
  }
}
