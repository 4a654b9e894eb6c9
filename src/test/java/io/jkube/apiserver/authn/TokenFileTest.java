package io.jkube.apiserver.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users by token, as a file lists them. */
final class TokenFileTest {
  @Test
  void readsUsersAndTheirGroups() {
    var users = TokenFile.parse("# ours\nt1,ann,1\n\nt2,bob,2,\"dev,ops\"\nt3,\"c\"\"c\",3,solo\n");
    assertEquals("ann", users.get("t1").name());
    assertEquals(List.of(), users.get("t1").groups());
    assertEquals(List.of("dev", "ops"), users.get("t2").groups());
    assertEquals("2", users.get("t2").uid());
    assertEquals("c\"c", users.get("t3").name());
    assertEquals(List.of("solo"), users.get("t3").groups());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret,ann", ",ann,1", "secret,a,1\nsecret,b,2"})
  void saysWhichLineIsWrongAndNeverTheToken(String text) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> TokenFile.parse(text));
    assertEquals("line " + text.lines().count(), wrong.getMessage().split(":")[0]);
    assertFalse(wrong.getMessage().contains("secret"));
  }
}
