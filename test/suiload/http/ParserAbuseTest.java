package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Goal (H1): every abused request has a fixed verdict, gets at most one answer, and nothing smuggled behind it is run.
 * Method: raw bytes over a real socket; behind each refused request stands a well-formed one that must not be answered.
 */
class ParserAbuseTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException {
        service = new TestService(TestService.config());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @TestFactory
    List<DynamicTest> everyCaseHasItsVerdict() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ParserCases.Case abuse : ParserCases.all()) {
            tests.add(DynamicTest.dynamicTest(abuse.name(), () -> check(abuse)));
        }
        return tests;
    }

    private static void check(ParserCases.Case abuse) throws IOException {
        int handledBefore = service.handled.get();
        try (RawConnection connection = service.connect()) {
            connection.send(abuse.bytes());
            if (abuse.status() == ParserCases.DROPPED) {
                connection.end();
            } else {
                assertEquals(abuse.status(), connection.answer().status());
                if (abuse.status() >= 400) {
                    assertNotEquals(null, connection.end(), "one answer only");
                }
            }
        }
        if (abuse.status() != 200) {
            assertEquals(handledBefore, service.handled.get(), "no handler ran");
        }
    }

    @org.junit.jupiter.api.Test
    void theCasesAreSixty() {
        assertTrue(ParserCases.all().size() >= 60, ParserCases.all().size() + " cases");
        assertEquals(ParserCases.all().size(), ParserCases.all().stream().map(ParserCases.Case::name).distinct().count());
    }
}
